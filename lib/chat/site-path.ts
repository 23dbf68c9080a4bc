import { BASE_PATH } from './base-path';

/** A path of the site as a browser has to ask for it. */
export const withBasePath = (path: string, basePath = BASE_PATH): string =>
  path === '/' && basePath !== '' ? basePath : basePath + path;

/** A path that a browser asked for, as a path of the site. */
export function withoutBasePath(pathname: string, basePath = BASE_PATH): string {
  if (pathname === basePath) return '/';
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
}
