/**
 * The order of a list on screen, of which `current` is the newest: what was shown stays where it is, even what has left
 * the list, because an undo may bring it back, and what is new comes last.
 */
export const frozenOrder = (shown: readonly string[], current: readonly string[]): readonly string[] => [
  ...new Set([...shown, ...current]),
];
