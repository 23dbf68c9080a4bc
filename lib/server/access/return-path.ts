const ORIGIN = 'http://confab.invalid';

/**
 * Where to go after the access page: a path of this site, or its front page. A browser reads `//host`, `/\host` and even
 * `/.//host` as another site once a parser has been over them, so the result of the parser is what is checked.
 */
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, ORIGIN)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, ORIGIN);
  const isOurs = origin === ORIGIN && !pathname.startsWith('//');
  const isPage = !/^\/(access|api|_next)(\/|$)/.test(pathname);
  return isOurs && isPage ? `${pathname}${search}${hash}` : '/';
}
