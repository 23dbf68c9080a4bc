/** Puts `first` before the first line of a text, and `others` before each other line that is not empty. */
export function hang(text: string, first: string, others: string): string {
  const [head = '', ...lines] = text.split('\n');
  const indented = lines.map((line) => (line === '' ? others.trimEnd() : others + line));
  return [head === '' ? first.trimEnd() : first + head, ...indented].join('\n');
}

/** Marks stand close to what they mark: blanks at its ends move out of them. Nothing is marked without a text. */
export function surround(open: string, text: string, close: string): string {
  const [, before = '', inside = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inside === '' ? text : before + open + inside + close + after;
}

export const tableLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The line below the head of a table, with the alignment of its columns. */
export const tableRule = (head: Element): string =>
  tableLine(
    [...head.children].map((cell) => {
      const side = cell instanceof HTMLElement ? cell.style.textAlign : '';
      return `${side === 'left' || side === 'center' ? ':' : ''}---${side === 'right' || side === 'center' ? ':' : ''}`;
    }),
  );

/** For a formula in a table: there a bar ends the cell, and a backslash before it is read in two ways. */
export const barsByName = (tex: string): string =>
  tex
    .replace(/\\\|/g, '\\Vert ')
    .replace(/(?<!\\)\|/g, '\\vert ')
    .trim();

/** Whether a link's text already is its address: `www.example.org`, `a@example.org`. */
export function isSameAddress(text: string, address: string): boolean {
  const seen = text.trim();
  return [seen, `http://${seen}`, `https://${seen}`, `mailto:${seen}`].some(
    (one) => one === address || `${one}/` === address || (URL.canParse(one) && new URL(one).href === address),
  );
}

/** An address within the brackets of a link. */
export const target = (address: string): string =>
  /[()\s<>]/.test(address) ? `<${address.replace(/[<>\s]/g, encodeURIComponent)}>` : address;

/** Whether blanks separate a bare address from the text beside it, so that it needs no marks to begin and end there. */
export function standsApart({ previousSibling, nextSibling }: Element): boolean {
  const before = previousSibling?.textContent ?? '';
  const after = nextSibling?.textContent ?? '';
  return /(^|\s)$/.test(before) && /^(\s|$)/.test(after);
}

/** What the items of a list begin with. Next to a list of the same kind another mark separates the two. */
export function listMark(isOrdered: boolean, isSecond: boolean, items: readonly (string | null)[]): string {
  if (isOrdered) return isSecond ? ')' : '.';
  // In a line of nothing else the marks would be those of a rule.
  if (items.some((item) => item !== null && /^[-* ]+(\n|$)/.test(item))) return '+';
  return isSecond ? '*' : '-';
}
