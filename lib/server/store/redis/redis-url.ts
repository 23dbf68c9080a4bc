const KINDS = 'must be redis:// or rediss://, several by commas';

/** Characters that have to be escaped in the user name and password. */
const ENCODED: Readonly<Record<string, string>> = {
  '/': '%2F',
  '#': '%23',
  '?': '%3F',
  ',': '%2C',
  '%': '%25',
};

/**
 * Why the value of `REDIS_URL` is invalid; null if it is valid. Quotes only the invalid characters, because
 * the value contains a password.
 */
export function redisUrlProblem(value: string): string | null {
  // Removes line breaks and tabs anywhere, as the URL parser does.
  const urls = splitUrls(value.replaceAll(/[\t\r\n]/g, ''));
  if (urls.length === 0) return KINDS;
  for (const [index, url] of urls.entries()) {
    const problem = problemOf(url, urls[index + 1], urls.length);
    if (problem) return problem;
  }
  return null;
}

export const splitUrls = (value: string): string[] =>
  value
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean);

function problemOf(url: string, next: string | undefined, count: number): string | null {
  if (/^https?:/i.test(url)) return `${KINDS} (an http(s) address goes into UPSTASH_REDIS_REST_URL)`;
  const [, before = ''] = /^rediss?:\/\/(.*)@/i.exec(url) ?? [];
  if (!/^rediss?:\/\//i.test(url)) return KINDS;
  if (next && !/^[a-z]+:\/\//i.test(next) && next.includes('@')) return encode([',']);
  const inTheWay = [...new Set(before)].filter((char) => '/#?'.includes(char));
  if (inTheWay.length > 0) return encode(inTheWay);
  if (!URL.canParse(url)) return `${KINDS}, each as redis://user:password@host:port`;
  if (!canDecode(before)) return encode(['%']);
  const { pathname, searchParams } = new URL(url);
  const database = pathname.slice(1) || (searchParams.get('db') ?? '');
  if (!/^\d{0,5}$/.test(database))
    return 'what follows the host must be the number of a database, such as /0';
  if (count > 1 && Number(database) > 0) return 'the nodes of a Cluster have no database but 0';
  return null;
}

function encode(chars: readonly string[]): string {
  const [raw, written] = [chars, chars.map((char) => ENCODED[char])].map((all) => all.join(' and '));
  return `the user name or password has a raw ${raw}: write ${written}`;
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The number of the database in a valid URL; 0 if it has none. */
export function databaseOf(url: string): number {
  const { pathname, searchParams } = new URL(url);
  return Number(pathname.slice(1) || searchParams.get('db'));
}
