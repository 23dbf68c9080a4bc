/** The text of a table's cells, row by row. */
type Rows = readonly (readonly string[])[];

/** CSV by RFC 4180: fields with a comma, quote or line break are quoted, lines end with CRLF. */
export const toCsv = (rows: Rows): string => rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

/**
 * A cell that a spreadsheet would take for a formula is prefixed with an apostrophe: a reply is untrusted, and a formula
 * can start other programs (OWASP, CSV injection). Numbers stay numbers.
 */
function csvField(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) && !/^[+-]?[\d.,]+%?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
