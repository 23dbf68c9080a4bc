/**
 * `node:path` for paths that are known only when the server runs. Where a module imports it and calls `resolve` or `join`,
 * the build takes every file of that module's folder for one that may be read, and puts them all into each function.
 */
export const { join, resolve } = process.getBuiltinModule('node:path');
