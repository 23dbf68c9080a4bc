import { isLoopbackName } from './http/loopback';

/** Something that strangers can do to a server they can reach, and the setting that prevents it. */
export interface ExposureWarning {
  /** Its name in the log. */
  warning: 'no_access_code' | 'no_daily_bound' | 'any_host_name';
  advice: string;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Whether other machines can reach the server: it listens on more than loopback, or is behind a proxy, as always on
 * Vercel. `next dev` listens on localhost by default.
 */
export function isReachable({ HOST, ALLOWED_HOSTS, TRUST_PROXY, VERCEL }: Environment): boolean {
  if (VERCEL || ALLOWED_HOSTS || Number(TRUST_PROXY ?? 0) > 0) return true;
  const host = HOST ?? (process.env.NODE_ENV === 'development' ? 'localhost' : '');
  return !isLoopbackName(host);
}

/** Whether a limit is set; 0 means no limit. */
const isSet = (value: string | undefined): boolean => value !== undefined && Number(value) !== 0;

/** The warnings for a server that others can reach; none on loopback. */
export function exposureWarnings(variables: Environment): ExposureWarning[] {
  if (!isReachable(variables)) return [];
  const { ACCESS_CODE, OIDC_ISSUER, PROXY_USER_HEADER, ALLOWED_HOSTS, VERCEL } = variables;
  const warnings: ExposureWarning[] = [];
  if (!ACCESS_CODE && !OIDC_ISSUER && !PROXY_USER_HEADER)
    warnings.push({
      warning: 'no_access_code',
      advice:
        'Anyone who can reach this server can use it, and your API keys pay. To let in only those who know a code, set ACCESS_CODE.',
    });
  if (!isSet(variables.SERVER_DAILY_TOKENS) && !isSet(variables.SERVER_DAILY_COST))
    warnings.push({
      warning: 'no_daily_bound',
      advice:
        'Nothing bounds what all guests together may use in a day. Set SERVER_DAILY_TOKENS, or SERVER_DAILY_COST in US dollars.',
    });
  // Vercel answers only to the names of the project.
  if (!ALLOWED_HOSTS && !VERCEL)
    warnings.push({
      warning: 'any_host_name',
      advice: 'This server answers to any host name. Set ALLOWED_HOSTS to its own, such as chat.example.org.',
    });
  return warnings;
}
