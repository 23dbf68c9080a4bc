/** The fields of a hast node that are used here. */
interface Node {
  type: string;
  tagName?: string;
  value?: string;
  children?: Node[];
}

const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/**
 * The direction in which the columns of a table follow each other: that of most of its cells. Undefined if no cell has a
 * letter: then it is that of the text around it.
 */
export function tableDirection(table: Node | undefined): 'ltr' | 'rtl' | undefined {
  let balance = 0;
  let isKnown = false;
  const read = (node: Node) => {
    if (node.tagName !== 'td' && node.tagName !== 'th') return node.children?.forEach(read);
    const letter = STRONG.exec(textOf(node))?.[0];
    if (letter === undefined) return;
    isKnown = true;
    balance += RIGHT_TO_LEFT.test(letter) ? 1 : -1;
  };
  if (table) read(table);
  return isKnown ? (balance > 0 ? 'rtl' : 'ltr') : undefined;
}

/** Without code and formulas: those are Latin in every language. */
const textOf = (node: Node): string =>
  node.tagName === 'code' ? '' : (node.value ?? (node.children ?? []).map(textOf).join(''));
