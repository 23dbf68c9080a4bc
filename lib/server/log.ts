import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { ChatError } from '@/lib/chat/chat-error';
import { isErrorCode } from '@/lib/chat/errors';
import { currentRequestId } from './request-context';
import { withinMs } from './within-ms';

type Level = 'info' | 'warn' | 'error';
type Fields = Record<string, unknown>;

const WARN = 40;
/** Not a setting: the bundler puts a constant here. */
const isDevelopment = process.env.NODE_ENV === 'development';

/** With more than this in memory, nobody reads the log. Lines are then dropped, so that the server lives on. */
const MOST_UNREAD_BYTES = 8_000_000;
let dropped = 0;

/** `write` gets one line; pino puts its level beside it. Warnings and errors go to stderr. */
const output = {
  [pino.symbols.needsMetadataGsym]: true as const,
  lastLevel: 0,
  write(line: string): void {
    const stream = output.lastLevel >= WARN ? process.stderr : process.stdout;
    if (stream.writableLength > MOST_UNREAD_BYTES) {
      dropped += 1;
      return;
    }
    stream.write(isDevelopment ? prettyLine(line) : line);
    if (dropped > 0) {
      const lines = dropped;
      dropped = 0;
      log('warn', 'log_lines_dropped', { lines });
    }
  },
};

/** No transport: that would be a worker thread, which a bundler cannot find and the end of the process cuts off. */
const logger = pino(
  {
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    mixin: () => ({ requestId: currentRequestId() }),
    formatters: { level: (level) => ({ level }), log: redactFields },
  },
  output,
);

/**
 * Writes one line of JSON. Possible secrets and people's text are redacted, by the names of fields and the form of
 * values. That is a safety net: pass lengths and hashes.
 */
export function log(level: Level, event: string, fields: Fields = {}): void {
  logger[level]({ event, ...fields });
}

/**
 * Resolves once every line has been written, or after `ms`. A pipe takes only so much at once; the rest waits in
 * memory, and `process.exit` would lose it.
 */
export async function flushLog(ms = 1_000): Promise<void> {
  const written = [process.stdout, process.stderr].map(
    (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
  );
  await withinMs(Promise.all(written), ms);
}

/** An id as the log shows it: enough to group lines, but useless for access. */
export const hashed = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 12);

/** Names and messages of an error and its causes, without anything from the request. */
export function reasonOf(error: unknown): string {
  const names: string[] = [];
  let current: unknown = error;
  while (current instanceof Error && names.length < 5) {
    const code = 'code' in current && typeof current.code === 'string' ? ` ${current.code}` : '';
    names.push(`${current.name}${code}: ${safeText(current)}`);
    current = current.cause;
  }
  return names.length > 0 ? names.join(' <- ') : typeof error;
}

/**
 * A `ChatError` has our own message. A driver's message may quote the failed command, and with it what people typed.
 */
function safeText(error: Error): string {
  if (error instanceof ChatError) return error.message;
  return (error.message.split(/\n|, command was|, with args beginning with/)[0] ?? '').slice(0, 400);
}

// Redaction

const REDACTED = '[redacted]';
const MOST_CHARACTERS = 2_000;
const DEEPEST = 6;

const SECRET_NAME = /(key|token|secret|password|cookie|code|authorization)$/i;
const TEXT_NAME =
  /^(content|text|prompt|messages?|reply|reasoning|body|title|preview|question|instructions|system)$/i;
const ID_NAME = /^(session|turn|owner|guest|device)_?id$|^owner$/i;

const SECRET_VALUES: readonly [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/\b((?:__Host-|__Secure-)?confab_\w+)=[^;\s"]+/g, `$1=${REDACTED}`],
  [/(:\/\/)[^/\s@"]+@/g, `$1${REDACTED}@`],
  [/([?&][\w-]*(?:key|token|code|secret|password|session|sessionid)=)[^&\s"#]+/gi, `$1${REDACTED}`],
  [/\bsk-[\w-]{8,}/g, REDACTED],
];

/** On `globalThis`, because the routes, the proxy and `instrumentation.ts` are separate bundles. */
const SLOT = Symbol.for('confab.neverLogged');
const shared: typeof globalThis & { [SLOT]?: Set<string> } = globalThis;
shared[SLOT] ??= new Set();
const neverLogged = shared[SLOT];
/** A shorter one is part of too many words. */
const SHORTEST_SECRET = 4;

/** Redacts these values wherever they occur in a line, from now on. */
export function neverLog(secrets: Iterable<string>): void {
  for (const secret of secrets) if (secret.length >= SHORTEST_SECRET) neverLogged.add(secret);
}

function redactFields(fields: Fields, depth = 0): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, redact(name, value, depth)]),
  );
}

function redact(name: string, value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined)
    return value;
  if (ID_NAME.test(name)) return typeof value === 'string' ? hashed(value) : REDACTED;
  if (TEXT_NAME.test(name) || (SECRET_NAME.test(name) && !isCodeOfError(name, value))) return REDACTED;
  if (typeof value === 'string') return redactText(value);
  if (depth >= DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((item: unknown) => redact('', item, depth + 1));
  if (value instanceof Error) return redactText(reasonOf(value));
  if (typeof value === 'object') return redactFields({ ...value }, depth + 1);
  return typeof value;
}

/** Whether `code` is an error code, ours or Node's. An access code has another form, or is redacted as a secret. */
const isCodeOfError = (name: string, value: unknown): boolean =>
  name === 'code' &&
  typeof value === 'string' &&
  (isErrorCode(value) || /^(E[A-Z]+|[A-Z]+(_[A-Z]+)+)$/.test(value));

function redactText(text: string): string {
  let safe = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  for (const secret of neverLogged) safe = safe.replaceAll(secret, REDACTED);
  for (const [pattern, replacement] of SECRET_VALUES) safe = safe.replace(pattern, replacement);
  return safe;
}

/** For a terminal: `12:00:01 warn turn status=failed`. */
function prettyLine(line: string): string {
  const { at, level, event, ...fields }: Record<string, unknown> = JSON.parse(line);
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${[String(at).slice(11, 19), String(level).padEnd(5), event, ...pairs].join(' ')}\n`;
}
