/**
 * Vercel's variables about a deployment (vercel.com/docs/environment-variables/system-environment-variables).
 */
interface Deployment {
  KEY_PREFIX?: string;
  VERCEL_ENV?: string;
  /** The name of a custom environment; otherwise the same as `VERCEL_ENV`. */
  VERCEL_TARGET_ENV?: string;
  /** The branch. */
  VERCEL_GIT_COMMIT_REF?: string;
}

/**
 * The prefix of all keys in Redis; undefined for the default. Vercel gives previews the variables of a
 * marketplace store, too. Each branch gets its own prefix, so that no preview reads or changes production
 * data or shares its secret.
 */
export function keyPrefixOf(deployment: Deployment): string | undefined {
  const { KEY_PREFIX: given, VERCEL_ENV, VERCEL_TARGET_ENV, VERCEL_GIT_COMMIT_REF: branch } = deployment;
  if (given !== undefined) return given;
  const environment = VERCEL_TARGET_ENV ?? VERCEL_ENV ?? 'production';
  if (environment === 'production') return undefined;
  const names = environment === 'preview' && branch !== undefined ? [environment, branch] : [environment];
  // Branch names may contain braces, which would change the hash tag, and other special characters.
  return `confab:${names.map((name) => `${encodeURIComponent(name)}:`).join('')}`;
}
