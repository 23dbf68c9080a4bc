/** What Vercel says of a deployment (vercel.com/docs/environment-variables/system-environment-variables). */
interface Deployment {
  KEY_PREFIX?: string;
  VERCEL_ENV?: string;
  /** The name of an environment of one's own; else as `VERCEL_ENV`. */
  VERCEL_TARGET_ENV?: string;
  /** The branch. */
  VERCEL_GIT_COMMIT_REF?: string;
}

/**
 * What all keys in Redis begin with; undefined: what they begin with unless told otherwise. Vercel gives the variables of a
 * marketplace's store to previews too: each branch gets keys of its own, so that no preview reads, changes or signs
 * anything of production.
 */
export function keyPrefixOf(deployment: Deployment): string | undefined {
  const { KEY_PREFIX: given, VERCEL_ENV, VERCEL_TARGET_ENV, VERCEL_GIT_COMMIT_REF: branch } = deployment;
  if (given !== undefined) return given;
  const environment = VERCEL_TARGET_ENV ?? VERCEL_ENV ?? 'production';
  if (environment === 'production') return undefined;
  const names = environment === 'preview' && branch !== undefined ? [environment, branch] : [environment];
  // Braces, and what else a branch may have in its name, would end the prefix early.
  return `confab:${names.map((name) => `${encodeURIComponent(name)}:`).join('')}`;
}
