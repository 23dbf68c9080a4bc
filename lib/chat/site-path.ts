import { BASE_PATH } from './base-path';

/** A path of the site as a browser requests it, with the base path. */
export const withBasePath = (path: string, basePath = BASE_PATH): string =>
  path === '/' && basePath !== '' ? basePath : basePath + path;

/** The path of the site for a path that a browser requested. */
export function withoutBasePath(pathname: string, basePath = BASE_PATH): string {
  if (pathname === basePath) return '/';
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
}
