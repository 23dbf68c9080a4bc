/** The few fields of an mdast node that are read and written here. */
interface Node {
  type: string;
  identifier?: string;
  url?: string;
  value?: string;
  children?: Node[];
  data?: { hName?: string; hProperties?: Record<string, string> };
}

interface Options {
  /** See `BlockReferences`. */
  numbers: string;
  /** Keeps the ids of two replies apart. */
  prefix: string;
}

export const noteId = (prefix: string, label: string) =>
  `${prefix}-fn-${encodeURIComponent(label.toLowerCase())}`;
export const noteUseId = (prefix: string, label: string) =>
  `${prefix}-fnref-${encodeURIComponent(label.toLowerCase())}`;

/** Gives the footnotes of a block the numbers that they have in the reply; their words stand elsewhere. */
export function footnoteMarks({ numbers, prefix }: Options) {
  return (root: Node) => {
    const first = new Set<string>();
    const byLabel = new Map<string, string>();
    for (const entry of numbers === '' ? [] : numbers.split(' ')) {
      const at = entry.lastIndexOf(':');
      const label = entry.slice(0, at);
      byLabel.set(label, entry.slice(at + 1).replace('!', ''));
      if (entry.endsWith('!')) first.add(label);
    }
    const mark = (label: string): Node => {
      const key = label.toLowerCase().toUpperCase();
      const properties: Record<string, string> = first.delete(key) ? { id: noteUseId(prefix, label) } : {};
      const link: Node = {
        type: 'link',
        url: `#${noteId(prefix, label)}`,
        children: [{ type: 'text', value: byLabel.get(key) ?? label }],
        data: { hProperties: properties },
      };
      return { type: 'superscript', children: [link], data: { hName: 'sup' } };
    };
    const walk = (node: Node) => {
      if (!node.children) return;
      node.children = node.children
        .filter(({ type }) => type !== 'footnoteDefinition')
        .map((child) => (child.type === 'footnoteReference' ? mark(child.identifier ?? '') : child));
      node.children.forEach(walk);
    };
    walk(root);
  };
}
