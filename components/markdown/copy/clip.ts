/** The part of the page that is taken: everything, or what a selection covers. */
export interface Clip {
  /** Whether some of this node is taken. A node that the selection only touches is not. */
  has(node: Node): boolean;
  /** The part of a text node that is taken. */
  textOf(node: Text): string;
}

export const everything: Clip = { has: () => true, textOf: (node) => node.data };

export function clipTo(range: Range): Clip {
  const around = document.createRange();
  return {
    has(node) {
      if (!range.intersectsNode(node)) return false;
      around.selectNode(node);
      return (
        range.compareBoundaryPoints(Range.START_TO_END, around) > 0 &&
        range.compareBoundaryPoints(Range.END_TO_START, around) < 0
      );
    },
    textOf(node) {
      if (!range.intersectsNode(node)) return '';
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      return node.data.slice(from, to);
    },
  };
}
