import { statSync } from 'node:fs';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { extname, join, sep } from 'node:path';
import type { BuildOutput, BuiltFunction, Condition, Route } from './build-output';

/** A request on its way through the routes, which change it. */
export interface RoutedRequest {
  method: string;
  /** The URL as it was sent. */
  url: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Of the response. */
  responseHeaders: OutgoingHttpHeaders;
  status: number | undefined;
}

export type Target =
  | { kind: 'file'; path: string; contentType: string }
  | { kind: 'function'; path: string; function: BuiltFunction }
  | { kind: 'redirect' }
  | { kind: 'none' };

/** Calls the middleware at this path, which may change the request. Resolves with true if it has answered. */
type CallMiddleware = (path: string, request: RoutedRequest) => Promise<boolean>;

type Groups = Record<string, string>;

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Finds the target of a request by the routes of `config.json`: those before the files, then those after
 * them.
 */
export class Router {
  readonly #phases = new Map<string, Route[]>();
  readonly #overrides: Map<string, { file: string; contentType?: string }>;

  constructor(readonly output: BuildOutput) {
    let phase = 'main';
    for (const route of output.config.routes) {
      if (route.handle) phase = route.handle;
      else this.#phases.set(phase, [...(this.#phases.get(phase) ?? []), route]);
    }
    this.#overrides = new Map(
      Object.entries(output.config.overrides ?? {}).map(([file, { path, contentType }]) => [
        `/${path ?? file}`,
        { file, contentType },
      ]),
    );
  }

  /** Null if the middleware has answered. */
  async find(request: RoutedRequest, middleware: CallMiddleware): Promise<Target | null> {
    const run = async (phase: string): Promise<Target | 'answered' | undefined> => {
      for (const route of this.#phases.get(phase) ?? []) {
        const groups = groupsOf(route, request);
        if (!groups) continue;
        const outcome = await this.#apply(route, groups, request, middleware);
        if (outcome) return outcome;
      }
      return undefined;
    };
    const found =
      (await run('main')) ??
      this.#targetAt(request.path) ??
      (await run('rewrite')) ??
      this.#targetAt(request.path) ??
      (await run('miss'));
    if (found === 'answered') return null;
    if (found?.kind === 'file' || found?.kind === 'function') await run('hit');
    if (found && found.kind !== 'none') return found;
    request.status = undefined;
    const error = await run('error');
    return error === undefined || error === 'answered' ? { kind: 'none' } : error;
  }

  async #apply(
    route: Route,
    groups: Groups,
    request: RoutedRequest,
    middleware: CallMiddleware,
  ): Promise<Target | 'answered' | undefined> {
    for (const [name, value] of Object.entries(route.headers ?? {}))
      request.responseHeaders[name.toLowerCase()] = fill(value, groups);
    if (route.middlewarePath !== undefined)
      return (await middleware(route.middlewarePath, request)) ? 'answered' : undefined;
    if (route.status) request.status = route.status;
    if (route.dest) {
      const [path = '/', query] = fill(route.dest, groups).split('?');
      request.path = path;
      for (const [name, value] of new URLSearchParams(query)) request.query.set(name, value);
    }
    const { status = 200, responseHeaders } = request;
    if (status >= 300 && status < 400 && responseHeaders.location !== undefined) return { kind: 'redirect' };
    if (route.check) return this.#targetAt(request.path);
    return route.continue ? undefined : (this.#targetAt(request.path) ?? { kind: 'none' });
  }

  #targetAt(path: string): Target | undefined {
    const clean = decodeURIComponent(path).replace(/\/$/, '') || '/index';
    const root = join(this.output.folder, 'static');
    for (const candidate of [clean, `${clean}/index`]) {
      const override = this.#overrides.get(candidate);
      const file = join(root, override?.file ?? candidate);
      if (file.startsWith(root + sep) && statSync(file, { throwIfNoEntry: false })?.isFile()) {
        const contentType = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
        return { kind: 'file', path: file, contentType: override?.contentType ?? contentType };
      }
      const found = this.output.functionAt(candidate.slice(1));
      if (found) return { kind: 'function', path: candidate, function: found };
    }
    return undefined;
  }
}

/** The match of the route's pattern; null if the route does not apply. */
function groupsOf(route: Route, request: RoutedRequest): Groups | null {
  if (route.methods && !route.methods.includes(request.method)) return null;
  const match = new RegExp(route.src ?? '.*').exec(request.path);
  // A pattern without an anchor has to match the whole path.
  if (!match || (!route.src?.startsWith('^') && match[0] !== request.path)) return null;
  const groups: Groups = { ...match.groups };
  match.forEach((value, index) => {
    groups[index] = value ?? '';
  });
  for (const condition of route.has ?? []) {
    const found = meets(condition, request);
    if (!found) return null;
    Object.assign(groups, found);
  }
  return (route.missing ?? []).some((condition) => meets(condition, request)) ? null : groups;
}

function meets(condition: Condition, request: RoutedRequest): Groups | null {
  const value = requestValue(condition, request);
  if (value === undefined) return null;
  if (condition.value === undefined) return {};
  const match = new RegExp(`^${condition.value}$`).exec(value);
  return match && { ...match.groups };
}

function requestValue({ type, key = '' }: Condition, { headers, query }: RoutedRequest): string | undefined {
  switch (type) {
    case 'header':
      return headers[key.toLowerCase()]?.toString();
    case 'host':
      return headers.host;
    case 'query':
      return query.get(key) ?? undefined;
    case 'cookie':
      return new RegExp(`(?:^|; *)${key}=([^;]*)`).exec(headers.cookie ?? '')?.[1];
  }
}

const fill = (text: string, groups: Groups): string =>
  text.replace(/\$(\d+|[a-zA-Z]\w*)/g, (_, name: string) => groups[name] ?? '');
