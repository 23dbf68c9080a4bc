/**
 * The path that the site is served under, such as `/chat`; empty at the root of its host. The one setting that a build
 * bakes in (`BASE_PATH`, by `next.config.mjs`), because Next writes it into the addresses of its scripts.
 */
export const BASE_PATH: string = process.env.BUILT_BASE_PATH ?? '';
