import { ChatError } from '@/lib/chat/chat-error';
import type { Settings } from '@/lib/server/env';
import { isLoopbackName } from './loopback';

/** What a route accepts. The gate refuses everything else before the route's own code runs. */
export interface RouteOptions {
  /** The kind of body; left out: none. A page has to send the matching content type, a program need not. */
  body?: 'json' | 'bytes';
  /** Answers under every host name, because an orchestrator's probes use an address of their own. */
  anyHost?: boolean;
}

export type GateSettings = Pick<Settings, 'allowedHosts' | 'trustProxy'>;

/**
 * Refuses what another site may have caused. Every route of the API passes here through `handle`, and every page
 * through `refusePage`.
 * @throws ChatError `forbidden` or `bad_request`.
 */
export function passGate(request: Request, settings: GateSettings, options: RouteOptions = {}): void {
  if (!options.anyHost) checkHost(request, settings);
  if (isSafe(request.method)) return;
  checkSameOrigin(request, settings);
  checkBodyType(request, options.body);
}

/** RFC 9110, 9.2.1: a request that changes nothing. `OPTIONS` and `TRACE` never reach a handler. */
export const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

/** Prevents DNS rebinding: another site's name can be made to point to this server. */
function checkHost(request: Request, { allowedHosts, trustProxy }: GateSettings): void {
  if (!allowedHosts) return;
  const forwarded = trustProxy > 0 && allowedHosts.length > 0 ? forwardedHostOf(request) : null;
  for (const host of [hostOf(request), forwarded]) {
    if (host === null || isAllowed(host, allowedHosts)) continue;
    throw new ChatError('forbidden', {
      message: `This server does not answer to the name “${host.slice(0, 100)}”. Its owner can add it to ALLOWED_HOSTS.`,
    });
  }
}

function isAllowed(sent: string, allowed: readonly string[]): boolean {
  // A name with a dot at the end is the same name, and browsers send the dot.
  const host = sent.replace(/\.(?=$|:\d+$)/, '');
  const { hostname } = parseHost(host) ?? {};
  if (hostname === undefined) return false;
  if (isLoopbackName(hostname)) return true;
  return allowed.some((entry) => {
    if (entry === '*' || entry === host || entry === hostname) return true;
    return entry.startsWith('*.') && hostname.endsWith(entry.slice(1));
  });
}

/**
 * Browsers say where a request comes from: in `Sec-Fetch-Site` on https and on loopback, and in `Origin` everywhere.
 * A request with neither comes from a program, which cannot have somebody else's cookie.
 */
function checkSameOrigin(request: Request, settings: GateSettings): void {
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (isFromHere(site) && (origin === null || isOwnOrigin(origin, request, settings, site !== null))) return;
  throw new ChatError('forbidden');
}

/** `none`: from the address bar or a bookmark. */
const isFromHere = (site: string | null): boolean =>
  site === null || site === 'same-origin' || site === 'none';

/**
 * `vouched`: the browser has confirmed the origin by `Sec-Fetch-Site`. The origin may then differ from the `Host`
 * header, which nginx replaces by default. If the server's names are listed, it still has to be one of them.
 */
function isOwnOrigin(origin: string, request: Request, settings: GateSettings, vouched: boolean): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  if (protocol !== 'https:' && (protocol !== 'http:' || isHttps(request, settings))) return false;
  const own = [hostOf(request), settings.trustProxy > 0 ? forwardedHostOf(request) : null];
  const defaultPort = protocol === 'https:' ? /:443$/ : /:80$/;
  if (own.some((name) => name?.replace(defaultPort, '') === host)) return true;
  if (!vouched) return false;
  const { allowedHosts, trustProxy } = settings;
  const namesAreUnknown = !allowedHosts || (allowedHosts.length === 0 && trustProxy > 0);
  return namesAreUnknown || isAllowed(host, allowedHosts);
}

/**
 * Without a preflight, another site can send text, form data or multipart, but neither JSON nor an image.
 */
function checkBodyType(request: Request, body: RouteOptions['body']): void {
  if (!body || !isFromPage(request)) return;
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (body === 'json' ? type === 'application/json' : /^(image\/.+|application\/octet-stream)$/.test(type))
    return;
  const expected = body === 'json' ? 'application/json' : 'image/* or application/octet-stream';
  throw new ChatError('bad_request', { message: `The content type must be ${expected}.` });
}

const isFromPage = ({ headers }: Request): boolean =>
  headers.has('origin') || [...headers.keys()].some((name) => name.startsWith('sec-fetch-'));

/**
 * Whether the response to a page request may set a guest cookie: only if somebody visits the page. A browser loads an
 * image, a frame or a prefetch of another site without its cookie, so a new one would replace the one it has.
 */
export function mayIssueCookie({ method, headers }: Request): boolean {
  const isNavigation = (headers.get('sec-fetch-mode') ?? 'navigate') === 'navigate';
  const isDocument = (headers.get('sec-fetch-dest') ?? 'document') === 'document';
  const isAhead = headers.has('sec-purpose') && !isFromHere(headers.get('sec-fetch-site'));
  return method === 'GET' && isNavigation && isDocument && !isAhead;
}

/** Whether the browser uses https, by the connection or by what our own proxy says. */
export function isHttps(request: Request, { trustProxy }: Pick<GateSettings, 'trustProxy'>): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  if (trustProxy > 0 && forwarded) return forwarded === 'https';
  return new URL(request.url).protocol === 'https:';
}

/** How browsers reach this server: `https://chat.example.org`. */
export function publicOrigin(request: Request, settings: Pick<GateSettings, 'trustProxy'>): string {
  const forwarded = settings.trustProxy > 0 ? forwardedHostOf(request) : null;
  return `${isHttps(request, settings) ? 'https' : 'http'}://${forwarded ?? hostOf(request)}`;
}

const hostOf = (request: Request): string =>
  (request.headers.get('host') ?? new URL(request.url).host).trim().toLowerCase();

const forwardedHostOf = (request: Request): string | null =>
  request.headers.get('x-forwarded-host')?.split(',')[0]?.trim().toLowerCase() || null;

function parseHost(host: string): URL | null {
  const url = `http://${host}/`;
  // These characters would begin another part of the URL.
  return /[\s/?#@\\]/.test(host) || !URL.canParse(url) ? null : new URL(url);
}
