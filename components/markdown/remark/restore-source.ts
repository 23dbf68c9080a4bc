import { markPattern, type PreparedSource, urlEnd } from './prepare-source';

/** The fields of an mdast node that are used here. */
interface Node {
  type: string;
  value?: string;
  children?: Node[];
  data?: { hName?: string; hProperties?: Record<string, unknown>; hChildren?: unknown[] };
  [field: string]: unknown;
}

/** Fields of a node that hold text of the source. */
const FIELDS = ['value', 'url', 'title', 'alt', 'lang', 'meta', 'label', 'identifier'];
const TAG = /^<(\/?)(sub|sup|kbd|mark|u)[ \t]*>$/i;
const BREAK = /^<br[ \t]*\/?>$/i;

/**
 * Puts what `prepareSource` has hidden back into the tree: formulas as such in text, as they are written elsewhere. Also
 * sets line breaks where the text has them, and the few harmless HTML elements, which are made here from their names
 * alone: no other tag and no attribute gets through. A remark plugin.
 */
export function restoreSource({ mark, formulas }: PreparedSource) {
  const end = urlEnd(mark);
  const pattern = markPattern(mark);
  const asWritten = (text: string) =>
    text.replaceAll(end, '').replace(pattern, (_, index: string) => formulas[Number(index)]?.source ?? '');

  const restoreFields = (node: Node) => {
    for (const field of FIELDS) {
      const value = node[field];
      if (typeof value === 'string' && value.includes(mark)) node[field] = asWritten(value);
    }
  };

  /** A text as text, formulas and line breaks. */
  const split = (text: string, isInCell: boolean): Node[] => {
    const nodes: Node[] = [];
    let start = 0;
    const addText = (until: number) => nodes.push(...textNodes(text.slice(start, until)));
    if (mark !== '')
      for (const match of text.matchAll(pattern)) {
        addText(match.index);
        start = match.index + match[0].length;
        const formula = match[1] === '' ? undefined : formulas[Number(match[1])];
        if (formula)
          nodes.push(
            formulaNode(isInCell ? formula.tex.replaceAll('\\|', '|') : formula.tex, formula.isDisplay),
          );
      }
    addText(text.length);
    return nodes;
  };

  const walk = (node: Node, isInCell: boolean) => {
    if (mark !== '' && node.type !== 'text') restoreFields(node);
    if (!node.children) return;
    const isCell = isInCell || node.type === 'tableCell';
    const children =
      mark === ''
        ? node.children
        : node.children.filter((child) => child.value !== end && !isEmptyMark(child, mark));
    if (mark !== '') for (const child of children) if (isSummary(child, mark)) setSummary(child, mark);
    node.children = withElements(
      children
        .flatMap((child) => (child.type === 'text' ? split(child.value ?? '', isCell) : [child]))
        .filter(isNoBreakBesideFormula),
    );
    for (const child of node.children) walk(child, isCell);
  };
  return (root: Node) => walk(root, false);
}

/** Unlike a `break`, it leaves the blanks of the code after it alone. */
const lineBreak = (): Node => ({ type: 'lineBreak', data: { hName: 'br' }, children: [] });

function textNodes(text: string): Node[] {
  if (text === '') return [];
  return text
    .split(/[ \t]*(?:\r?\n|\r)[ \t]*/)
    .flatMap((line, index) => [
      ...(index > 0 ? [lineBreak()] : []),
      ...(line === '' ? [] : [{ type: 'text', value: line }]),
    ]);
}

const formulaNode = (tex: string, isDisplay: boolean): Node => ({
  type: 'formula',
  data: {
    hName: 'code',
    hProperties: { className: ['language-math', isDisplay ? 'math-display' : 'math-inline'] },
    hChildren: [{ type: 'text', value: tex }],
  },
});

const isDisplayed = (node: Node | undefined): boolean =>
  node?.type === 'formula' && String(node.data?.hProperties?.className).includes('math-display');

/** A displayed formula has lines of its own already. */
const isNoBreakBesideFormula = (node: Node, index: number, nodes: Node[]): boolean =>
  !(node.type === 'break' || node.type === 'lineBreak') ||
  !(isDisplayed(nodes[index - 1]) || isDisplayed(nodes[index + 1]));

const isSummary = (node: Node, mark: string): boolean =>
  node.type === 'paragraph' &&
  node.children?.[0]?.type === 'text' &&
  (node.children[0].value ?? '').startsWith(`${mark}s${mark}`);

/** A paragraph that stands for nothing, in an item that begins with `details`. */
const isEmptyMark = ({ type, children }: Node, mark: string): boolean =>
  type === 'paragraph' && children?.length === 1 && children[0]?.value === mark + mark;

function setSummary(paragraph: Node, mark: string): void {
  const first = paragraph.children?.[0];
  if (first?.value) first.value = first.value.slice(`${mark}s${mark}`.length);
  paragraph.type = 'summary';
  paragraph.data = { hName: 'summary' };
}

/** Replaces the allowed tags among siblings by elements; a tag without its partner stays text. */
function withElements(nodes: Node[]): Node[] {
  if (!nodes.some(({ type }) => type === 'html')) return nodes;
  const open: { name: string; tag: Node; children: Node[] }[] = [];
  const result: Node[] = [];
  const add = (...added: Node[]) => (open.at(-1)?.children ?? result).push(...added);
  for (const node of nodes) {
    const tag = node.type === 'html' ? (node.value ?? '').trim() : '';
    const [, slash, name = ''] = TAG.exec(tag) ?? /^<(\/?)(details)>$/.exec(tag) ?? [];
    if (BREAK.test(tag)) add(lineBreak());
    else if (name === '') add(node);
    else if (slash === '') open.push({ name: name.toLowerCase(), tag: node, children: [] });
    else if (open.some((one) => one.name === name.toLowerCase())) {
      for (let last = open.pop(); last; last = open.pop()) {
        if (last.name === name.toLowerCase()) {
          add({ type: 'element', data: { hName: last.name }, children: last.children });
          break;
        }
        add(last.tag, ...last.children);
      }
    } else add(node);
  }
  for (let last = open.shift(); last; last = open.shift()) result.push(last.tag, ...last.children);
  return result;
}
