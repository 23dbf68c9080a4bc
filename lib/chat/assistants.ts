/**
 * The assistants that every guest has. Their names and greetings are in `strings/`, their prompts on the server only.
 */
const ROWS = [
  { id: 'assistant', icon: 'spark', hue: 195 },
  { id: 'teacher', icon: 'book', hue: 62 },
  { id: 'programmer', icon: 'code', hue: 278 },
] as const;

export type BuiltInAssistantId = (typeof ROWS)[number]['id'];
export type AssistantIcon = (typeof ROWS)[number]['icon'];

export interface BuiltInAssistant {
  id: BuiltInAssistantId;
  icon: AssistantIcon;
  /** Degrees on the OKLCH colour wheel. Every tint of the assistant is derived from it. */
  hue: number;
  /** The accent of the light theme, for API clients that do not compute it from the hue. */
  color: string;
}

/** In the order of the rail. */
export const ASSISTANTS: readonly BuiltInAssistant[] = ROWS.map((row) => ({
  ...row,
  color: `oklch(47% 0.09 ${row.hue})`,
}));

export const findAssistant = (id: string): BuiltInAssistant | null =>
  ASSISTANTS.find((assistant) => assistant.id === id) ?? null;
