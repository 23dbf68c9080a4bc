import { createHash } from 'node:crypto';
import { ChatError } from '@/lib/chat/errors';

type Fields = Record<string, string | number | boolean | null | undefined>;

/**
 * Writes one structured line. Never log the text of a conversation, a key or a cookie: pass lengths and
 * hashes.
 */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: Fields = {}): void {
  const line = JSON.stringify({ at: new Date().toISOString(), level, event, ...fields });
  (level === 'info' ? process.stdout : process.stderr).write(`${line}\n`);
}

/** A session's id in the log: enough to group its lines, useless for opening it. */
export const hashed = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 12);

/** Names and messages from the outermost error to its root cause, without anything from the request. */
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
  return (error.message.split(/\n|, command was/)[0] ?? '').slice(0, 120);
}
