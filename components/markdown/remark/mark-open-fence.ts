/** The fields of an mdast node that are used here. */
interface Node {
  type: string;
  children?: Node[];
  position?: { start: { offset?: number }; end: { offset?: number } };
  data?: { hProperties?: Record<string, string> };
}

const CLOSED = /\n[ \t]*(`{3,}|~{3,})[ \t]*$/;

/**
 * Marks a fence at the end of the text that is still open, so that it is highlighted only once, when it is complete. A
 * remark plugin.
 */
export function markOpenFence() {
  return (root: Node, file: { value: unknown }) => {
    const last = root.children?.at(-1);
    if (last?.type !== 'code') return;
    const source = String(file.value).slice(last.position?.start.offset ?? 0, last.position?.end.offset);
    if (!/^[ \t]*(`{3,}|~{3,})/.test(source) || CLOSED.test(source)) return;
    last.data = { ...last.data, hProperties: { ...last.data?.hProperties, dataOpen: 'true' } };
  };
}
