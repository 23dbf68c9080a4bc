/**
 * The server in front of Next. It handles what can only be seen at the socket: the client's address, slow bodies,
 * methods and paths that Next cannot handle, and the number of requests and connections of one address. `npm start`,
 * `quickstart` and the standalone server use it. It imports only Node's own modules and Next.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, STATUS_CODES } from 'node:http';
import { createRequire } from 'node:module';
import { BlockList, isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Read by `lib/server/http/client-address.ts`. */
const ADDRESS_HEADER = 'x-confab-address';
const FRONT_SERVER = Symbol.for('confab.front-server');

/**
 * What a proxy says about the client. Anybody can send these, so they are dropped unless there is a proxy of ours.
 */
const FORWARDED_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

/**
 * These continue the sender's trace. They are dropped too, so that nobody can hide requests from the owner's traces.
 */
const TRACE_HEADERS = ['traceparent', 'tracestate', 'baggage'];

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const HEADERS_MS = 10_000;
/** How long a body may take. Each `BODY_BYTES_PER_S` that arrive add a second, so that a slow uplink can finish. */
const BODY_MS = 30_000;
const BODY_BYTES_PER_S = 8_000;
/** How long a client may leave its response unread. */
const READ_MS = 60_000;
const CHECK_MS = 1_000;
/** The most requests that one address may have under way, and the most connections. */
const CONNECTIONS = 128;

const folder = dirname(fileURLToPath(import.meta.url));
const security = JSON.parse(
  readFileSync(
    [join(folder, 'security-headers.json'), join(folder, '../lib/server/http/security-headers.json')].find(
      (file) => existsSync(file),
    ),
    'utf8',
  ),
);

/**
 * Serves the build in `dir`. Resolves once it answers.
 * @throws if the port cannot be listened on, or the build cannot be loaded.
 */
export async function startFrontServer({ dir, hostname, port, keepAliveTimeout }) {
  checkNode();
  Reflect.set(globalThis, FRONT_SERVER, true);
  const front = createFrontServer({ ...readFrontSettings(process.env), basePath: basePathOf(dir) });
  if (keepAliveTimeout !== undefined) front.server.keepAliveTimeout = keepAliveTimeout;
  await new Promise((resolve, reject) => {
    front.server.once('error', reject);
    front.server.listen(port, hostname, resolve);
  });
  // Where Next's own server says what it listens on.
  process.env.PORT = String(port);
  process.env.__NEXT_PRIVATE_ORIGIN = `http://localhost:${port}`;
  const { getRequestHandlers } = createRequire(import.meta.url)('next/dist/server/lib/start-server');
  const next = await getRequestHandlers({
    dir,
    port,
    hostname,
    isDev: false,
    server: front.server,
    keepAliveTimeout,
  });
  front.open(next);
}

/** The path that the build in `dir` is served under; empty at the root of its host. */
const basePathOf = (dir) =>
  JSON.parse(readFileSync(join(dir, '.next/routes-manifest.json'), 'utf8')).basePath ?? '';

/** `npm start` checks it with better advice; the standalone server starts here. */
function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return;
  process.stderr.write(`The server needs Node 22.15 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(1);
}

/** A value that is not a number counts as not set; `lib/server/env.ts` reports it before the server answers. */
export function readFrontSettings(environment) {
  const numberOf = (name) => Number(environment[name]?.trim() || Number.NaN);
  const connections = numberOf('CONNECTIONS_PER_ADDRESS');
  return {
    trustProxy: numberOf('TRUST_PROXY') || 0,
    connections: Number.isNaN(connections) ? CONNECTIONS : connections || Number.POSITIVE_INFINITY,
    // Behind an undeclared proxy on this machine, everybody seems to come from loopback.
    exemptsLoopback: Number.isNaN(connections),
  };
}

/** A server whose requests wait until `open` is called with Next's handlers. Tests change the times. */
export function createFrontServer(
  { trustProxy, connections, exemptsLoopback, basePath = '' },
  { bodyMs = BODY_MS, headersMs = HEADERS_MS, readMs = READ_MS, checkMs = CHECK_MS } = {},
) {
  const opened = Promise.withResolvers();
  const underWay = countByAddress();
  const sockets = countByAddress();
  const isOver = (count, address) => count > connections && !(exemptsLoopback && isLoopback(address));

  /** As `lib/server/http/gate.ts` reads it. */
  const isHttps = ({ headers }) =>
    trustProxy > 0 && (headers['x-forwarded-proto'] ?? '').split(',')[0].trim() === 'https';

  let hasAdvised = false;

  function dropForwarded({ headers }) {
    const sent = FORWARDED_HEADERS.filter((name) => name in headers);
    for (const name of [...sent, ...TRACE_HEADERS]) delete headers[name];
    if (sent.length === 0 || hasAdvised) return;
    hasAdvised = true;
    advise('forwarded_headers_ignored', 'Set TRUST_PROXY to the number of proxies in front of this server.');
  }

  async function handle(request, response) {
    // Next sends its own redirects without the headers of `next.config.mjs`, and refusals from here do not reach Next.
    const { everywhere, https } = security;
    for (const [name, value] of Object.entries({ ...everywhere, ...(isHttps(request) && https) }))
      response.setHeader(name, value);
    const refusal = refusalOf(request);
    if (refusal) return refuse(response, ...refusal);
    const address = clientAddress(request, trustProxy);
    request.headers[ADDRESS_HEADER] = address;
    if (trustProxy === 0) dropForwarded(request);
    const release = underWay.add(address);
    response.once('close', release);
    if (isOver(underWay.of(address), address)) {
      return refuse(
        response,
        429,
        'rate_limited',
        'There are too many requests from this address. Try again.',
        {
          'Retry-After': '1',
        },
      );
    }
    request.url = underBasePath(request.url, basePath);
    watchBody(request, response, bodyMs, checkMs);
    const { requestHandler } = await opened.promise;
    await requestHandler(request, response);
  }

  // Otherwise Node itself would refuse a request without a host name, without our headers.
  const options = { connectionsCheckingInterval: checkMs, requireHostHeader: false };
  const server = createServer(options, (request, response) => {
    handle(request, response).catch((error) => {
      process.stderr.write(`The request handler failed: ${error?.message}\n`);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal', 'Something went wrong on the server. Try again.');
    });
  });
  server.headersTimeout = headersMs;
  server.on('connection', (socket) => {
    watchReader(socket, readMs);
    if (trustProxy > 0) return;
    const address = plainAddress(socket.remoteAddress) ?? '';
    socket.once('close', sockets.add(address));
    if (isOver(sockets.of(address), address)) socket.destroy();
  });
  server.on('clientError', (error, socket) => {
    // Browsers open spare connections, and close them without a request.
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesRead === 0) return socket.destroy();
    const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code] ?? 400;
    writeRaw(socket, status, 'bad_request', 'The request is not valid HTTP, or it took too long.');
  });
  server.on('checkExpectation', (_request, response) => {
    refuse(response, 417, 'bad_request', 'This server does not know what the request expects.');
  });
  server.on('connect', (_request, socket) => {
    writeRaw(socket, 405, 'method_not_allowed', 'This address does not take this method.', {
      Allow: [...METHODS].join(', '),
    });
  });
  // There are no WebSockets; without a listener, Node takes an upgrade for a plain request.
  return { server, open: opened.resolve };
}

/** The status, code, message and headers of a refusal; null for a request that Next can handle. */
function refusalOf({ method, url, headers, httpVersion }) {
  if (!METHODS.has(method))
    return [
      405,
      'method_not_allowed',
      'This address does not take this method.',
      { Allow: [...METHODS].join(', ') },
    ];
  if (headers.host === undefined && httpVersion === '1.1')
    return [400, 'bad_request', 'The request names no host.'];
  if (url.startsWith('/') && isDecodable(url.split('?', 1)[0])) return null;
  return [400, 'bad_request', 'The address is not valid.'];
}

/**
 * Adds the base path if it is missing: a proxy may strip it, and a probe need not know it. Also removes the
 * trailing slash of the front page. Next would redirect to the address without it, and a proxy might redirect
 * back.
 */
function underBasePath(url, basePath) {
  if (basePath === '') return url;
  const [path, query] = splitAt(url, '?');
  const rest = path === basePath || path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  return basePath + (rest === '/' ? '' : rest) + query;
}

function splitAt(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

function isDecodable(path) {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}

/**
 * The address that the request comes from. Each proxy appends the address it saw to `X-Forwarded-For`. With n proxies
 * of ours, the n-th from the right is the client; the client can write anything to the left of that.
 */
export function clientAddress(request, trustProxy) {
  const forwarded = trustProxy > 0 ? (request.headers['x-forwarded-for'] ?? '') : '';
  const socketAddress = plainAddress(request.socket.remoteAddress) ?? '';
  const chain = forwarded
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return plainAddress(chain.at(-Math.min(trustProxy, chain.length))) ?? socketAddress;
}

/** The address without brackets, port and the prefix of IPv4 on an IPv6 socket; null if it is not one. */
function plainAddress(address) {
  const text = (address ?? '')
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(text) ? text : null;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
const isLoopback = (address) =>
  isIP(address) > 0 && loopback.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Counts something per address. One IPv6 customer has a /64 network, which counts as one address. */
function countByAddress() {
  const counts = new Map();
  const keyOf = (address) => (isIP(address) === 6 ? networkOf(address) : address);
  return {
    of: (address) => counts.get(keyOf(address)) ?? 0,
    /** Adds one. Returns a function that subtracts it again. */
    add(address) {
      const key = keyOf(address);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return () => {
        const left = (counts.get(key) ?? 1) - 1;
        if (left > 0) counts.set(key, left);
        else counts.delete(key);
      };
    },
  };
}

/** The first 64 bits of an IPv6 address. */
function networkOf(address) {
  const [before, after] = address.split('%', 1)[0].split('::');
  const groups = before ? before.split(':') : [];
  const rest = after ? after.split(':').length : 0;
  const zeros = after === undefined ? 0 : 8 - groups.length - rest;
  return [...groups, ...Array(Math.max(0, zeros)).fill('0'), ...(after ? after.split(':') : [])]
    .slice(0, 4)
    .join(':');
}

/** Ends a request whose body arrives too slowly, with 408 if there is no response yet. */
function watchBody(request, response, bodyMs, checkMs) {
  const { socket } = request;
  if (!request.headers['transfer-encoding'] && !Number(request.headers['content-length'])) return;
  const startedAt = Date.now();
  const bytesBefore = socket.bytesRead;
  const watch = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(watch);
    const allowedMs = bodyMs + ((socket.bytesRead - bytesBefore) / BODY_BYTES_PER_S) * 1000;
    if (Date.now() - startedAt <= allowedMs) return;
    clearInterval(watch);
    if (response.headersSent) socket.destroy();
    else writeRaw(socket, 408, 'bad_request', 'The body took too long to arrive.');
  }, checkMs);
  watch.unref();
  response.once('close', () => clearInterval(watch));
}

/** Ends a connection whose client has stopped reading, because its response waits in memory. */
function watchReader(socket, readMs) {
  let written = 0;
  const watch = setInterval(() => {
    const isStuck = socket.writableLength > 0 && socket.bytesWritten - socket.writableLength === written;
    written = socket.bytesWritten - socket.writableLength;
    if (isStuck) socket.destroy();
  }, readMs);
  watch.unref();
  socket.once('close', () => clearInterval(watch));
}

/** Writes a line in the format of `lib/server/log.ts`. */
const advise = (event, advice) =>
  process.stderr.write(`${JSON.stringify({ level: 'warn', at: new Date().toISOString(), event, advice })}\n`);

const bodyOf = (code, message) => JSON.stringify({ error: { code, message } });
const headersOf = (extra) => ({
  ...security.everywhere,
  ...security.data,
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  ...extra,
});

/** Answers in the format of the API, and closes the connection without reading the rest of the body. */
function refuse(response, status, code, message, extra = {}) {
  response.writeHead(status, headersOf({ Connection: 'close', ...extra }));
  response.end(response.req.method === 'HEAD' ? undefined : bodyOf(code, message));
}

/** The same on the socket, if there is no response object or if something else may still write to it. */
function writeRaw(socket, status, code, message, extra = {}) {
  const body = bodyOf(code, message);
  const headers = headersOf({ Connection: 'close', 'Content-Length': Buffer.byteLength(body), ...extra });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(),
  );
}
