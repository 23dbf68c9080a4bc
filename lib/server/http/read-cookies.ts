/**
 * Every value that a request's `Cookie` header has under each name, in their order. Takes time in proportion to the length.
 *
 * Only spaces and tabs around a name are taken off (RFC 6265, 5.2). A browser lets any host of the site set a cookie whose
 * name begins with another kind of space before `__Host-`, so that must remain another name.
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

/** Not by a regular expression: that would read spaces in the middle again and again. */
function withoutSpace(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isSpace(text[from])) from += 1;
  while (to > from && isSpace(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\t';
