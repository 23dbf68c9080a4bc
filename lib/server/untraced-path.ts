/**
 * `node:path` for paths that are only known at run time. If a module imports `node:path` itself and calls
 * `resolve` or `join`, the build assumes that any file in its folder may be read, and adds them all to each
 * function.
 */
export const { join, resolve } = process.getBuiltinModule('node:path');
