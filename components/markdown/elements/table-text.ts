/** The cells of a table as they read, row by row. */
export type Rows = readonly (readonly string[])[];

export function rowsOf(table: HTMLTableElement): Rows {
  return [...table.rows].map((row) => [...row.cells].map((cell) => (cell.textContent ?? '').trim()));
}

/** RFC 4180: fields with a comma, a quote or a line break in quotes, lines ended by CRLF. */
export const toCsv = (rows: Rows): string => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

/**
 * A cell that a spreadsheet would take for a formula begins with an apostrophe: a reply is foreign text, and a formula
 * can call other programs (OWASP, CSV injection). Numbers stay numbers.
 */
function csvField(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) && !/^[+-]?[\d.,]+%?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toMarkdown(rows: Rows): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const [head = [], ...body] = rows.map((row) =>
    row.map((cell) => cell.replace(/\s+/g, ' ').replace(/[\\|]/g, '\\$&')),
  );
  return line(head) + line(head.map(() => '---')) + body.map(line).join('');
}
