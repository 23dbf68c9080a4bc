import { isLoopbackName } from './http/loopback';

/** What strangers could do to a server that they can reach, and what its owner can set against it. */
export interface ExposureWarning {
  /** Names it in the log. */
  warning: 'no_access_code' | 'no_daily_bound' | 'any_host_name';
  advice: string;
}

type Environment = Readonly<Record<string, string>>;

/**
 * Others than this machine can reach the server: it listens on more than loopback, or there is a proxy before it, as
 * there always is on Vercel. `next dev` listens on localhost unless told otherwise.
 */
export function isReachable({ HOST, ALLOWED_HOSTS, TRUST_PROXY, VERCEL }: Environment): boolean {
  if (VERCEL || ALLOWED_HOSTS || Number(TRUST_PROXY ?? 0) > 0) return true;
  const host = HOST ?? (process.env.NODE_ENV === 'development' ? 'localhost' : '');
  return !isLoopbackName(host);
}

/** A variable that is set, and not to 0, which means no limit. */
const isSet = (value: string | undefined): boolean => value !== undefined && Number(value) !== 0;

/** One warning for each door that is open on a server that others can reach; none on loopback. */
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
  // Vercel answers to the names of the project only.
  if (!ALLOWED_HOSTS && !VERCEL)
    warnings.push({
      warning: 'any_host_name',
      advice: 'This server answers to any host name. Set ALLOWED_HOSTS to its own, such as chat.example.org.',
    });
  return warnings;
}
