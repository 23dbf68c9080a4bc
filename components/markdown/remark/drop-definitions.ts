interface Node {
  children?: { type: string; position?: { end: { offset?: number } } }[];
}

/** Hides the definitions, `length` characters, that were prepended to a block. A remark plugin. */
export function dropDefinitions({ length }: { length: number }) {
  return (root: Node) => {
    if (length === 0) return;
    root.children = root.children?.filter(
      ({ type, position }) =>
        type === 'definition' || (position?.end.offset ?? Number.POSITIVE_INFINITY) > length,
    );
  };
}
