/**
 * The values of each name in a `Cookie` header, in their order. Takes time in proportion to the length.
 *
 * Only spaces and tabs are trimmed (RFC 6265, 5.2). Any host of the site can set a cookie whose name is `__Host-…`
 * after another kind of space, so that has to stay a different name.
 */
export function readCookies(header: string | null): Map<string, string[]> {
  const cookies = new Map<string, string[]>();
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at < 0) continue;
    const name = withoutSpace(pair.slice(0, at));
    const value = withoutSpace(pair.slice(at + 1));
    const values = cookies.get(name);
    if (values) values.push(value);
    else cookies.set(name, [value]);
  }
  return cookies;
}

/** A regular expression would take quadratic time for many spaces in the middle. */
function withoutSpace(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isSpace(text[from])) from += 1;
  while (to > from && isSpace(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\t';
