/**
 * `BASE_PATH` in the form of Next: `/chat`, or empty at the root of a host. A trailing slash is removed.
 * @throws Error if it is not a path.
 */
export function basePathOf(environment) {
  const given = environment.BASE_PATH?.trim() ?? '';
  const path = given.replace(/\/+$/, '');
  if (path === '' || /^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$/.test(path)) return path;
  throw new Error(`BASE_PATH must be a path such as /chat, but it is "${given}".`);
}
