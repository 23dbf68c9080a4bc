const ORIGIN = 'http://confab.invalid';

/**
 * Where to go after the access page: the wanted path if it belongs to this site, else the front page. A browser can
 * take `//host`, `/\host` and even `/.//host` for another site, so this checks the path that the URL parser makes of
 * it.
 */
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, ORIGIN)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, ORIGIN);
  const isOurs = origin === ORIGIN && !pathname.startsWith('//');
  const isPage = !/^\/(access|api|_next)(\/|$)/.test(pathname);
  return isOurs && isPage ? `${pathname}${search}${hash}` : '/';
}
