/** The fields of an mdast node that are used here. */
interface Node {
  type: string;
  identifier?: string;
  url?: string;
  value?: string;
  children?: Node[];
  data?: { hName?: string; hProperties?: Record<string, string> };
}

interface Options {
  /** As in `BlockReferences`. */
  numbers: string;
  /** Makes the ids unique on the page. */
  prefix: string;
}

export const footnoteId = (prefix: string, label: string) =>
  `${prefix}-fn-${encodeURIComponent(label.toLowerCase())}`;
export const footnoteReferenceId = (prefix: string, label: string) =>
  `${prefix}-fnref-${encodeURIComponent(label.toLowerCase())}`;

/**
 * Replaces footnote references by links with their numbers in the whole reply, and removes the definitions. A remark
 * plugin.
 */
export function footnoteReferences({ numbers, prefix }: Options) {
  return (root: Node) => {
    const firstUses = new Set<string>();
    const numberOf = new Map<string, string>();
    for (const entry of numbers === '' ? [] : numbers.split(' ')) {
      const at = entry.lastIndexOf(':');
      const label = entry.slice(0, at);
      numberOf.set(label, entry.slice(at + 1).replace('!', ''));
      if (entry.endsWith('!')) firstUses.add(label);
    }
    const referenceLink = (label: string): Node => {
      const key = label.toLowerCase().toUpperCase();
      const properties: Record<string, string> = firstUses.delete(key)
        ? { id: footnoteReferenceId(prefix, label) }
        : {};
      const link: Node = {
        type: 'link',
        url: `#${footnoteId(prefix, label)}`,
        children: [{ type: 'text', value: numberOf.get(key) ?? label }],
        data: { hProperties: properties },
      };
      return { type: 'superscript', children: [link], data: { hName: 'sup' } };
    };
    const walk = (node: Node) => {
      if (!node.children) return;
      node.children = node.children
        .filter(({ type }) => type !== 'footnoteDefinition')
        .map((child) => (child.type === 'footnoteReference' ? referenceLink(child.identifier ?? '') : child));
      node.children.forEach(walk);
    };
    walk(root);
  };
}
