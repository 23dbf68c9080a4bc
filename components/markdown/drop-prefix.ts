interface Node {
  children?: { type: string; position?: { end: { offset?: number } } }[];
}

/** Leaves nothing to see of what was read before a block for its definitions' sake. A remark plugin. */
export function dropPrefix({ length }: { length: number }) {
  return (root: Node) => {
    if (length === 0) return;
    root.children = root.children?.filter(
      ({ type, position }) =>
        type === 'definition' || (position?.end.offset ?? Number.POSITIVE_INFINITY) > length,
    );
  };
}
