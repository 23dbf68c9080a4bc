/**
 * The path that the site is served under, such as `/chat`; empty at the root of its host. The one setting that a build
 * bakes in (`BASE_PATH`, by `next.config.mjs`), because Next writes it into the addresses of its scripts.
 */
export const BASE_PATH: string = process.env.BUILT_BASE_PATH ?? '';

/** A path of the site as a browser has to ask for it. */
export const withBasePath = (path: string, basePath = BASE_PATH): string =>
  path === '/' && basePath !== '' ? basePath : basePath + path;

/** A path that a browser asked for, as a path of the site. */
export function withoutBasePath(pathname: string, basePath = BASE_PATH): string {
  if (pathname === basePath) return '/';
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
}
