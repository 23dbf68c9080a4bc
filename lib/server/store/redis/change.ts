import { decodeId, encodeId } from '../encode-id';
import type { ChangeResult, RemoveResult, SessionChange, SessionRef } from '../store';
import { CorruptRecord } from '../store-error';
import { encodeText } from '../stored-turn';
import { sessionOf } from './meta';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { list, meta, number, storedTurn, text } from './script-result';
import { CHANGE } from './scripts/change';
import { CLEAR } from './scripts/clear';
import { REMOVE } from './scripts/remove';
import { RESTORE } from './scripts/restore';

type Request = SessionRef & { now: number };

/** `Store.change`: one round trip. */
export async function change(
  redis: RedisCommands,
  request: Request & { change: SessionChange },
): Promise<ChangeResult> {
  const { title, pinned, headTurnId, ttlMs } = request.change;
  const session = encodeId(request.sessionId);
  const reply = await runScript(redis, CHANGE, redis.keys.session(request), {
    session,
    title: title === undefined ? '' : encodeText(title),
    pinned: pinned === undefined ? '' : Number(pinned),
    head: headTurnId === undefined ? '' : encodeId(headTurnId),
    ttl: ttlMs === undefined ? '' : (ttlMs ?? 'never'),
    now: request.now,
  });
  return changeResult(session, reply);
}

/** `Store.clear`: one round trip. */
export async function clear(redis: RedisCommands, request: Request): Promise<RemoveResult> {
  return removeResult(await runScript(redis, CLEAR, redis.keys.session(request), { now: request.now }));
}

/** `Store.remove`: one round trip. */
export async function remove(redis: RedisCommands, request: Request): Promise<RemoveResult> {
  const session = encodeId(request.sessionId);
  return removeResult(
    await runScript(redis, REMOVE, redis.keys.session(request), { session, now: request.now }),
  );
}

/** `Store.restore`: one round trip. */
export async function restore(redis: RedisCommands, request: Request): Promise<ChangeResult> {
  const session = encodeId(request.sessionId);
  const reply = await runScript(redis, RESTORE, redis.keys.session(request), { session, now: request.now });
  return changeResult(session, reply);
}

function changeResult(session: string, reply: unknown): ChangeResult {
  const [kind, answer] = list(reply);
  switch (kind) {
    case 'changed':
      return { kind, session: sessionOf(session, meta(answer)) };
    case 'unknown':
    case 'unknown_turn':
      return { kind };
    case 'busy':
      return { kind, activeTurnId: decodeId(text(answer)) };
    default:
      throw new CorruptRecord('the answer to a change has an unknown kind');
  }
}

export function removeResult(reply: unknown): RemoveResult {
  const [kind, answer] = list(reply);
  switch (kind) {
    case 'removed':
      return { kind, undoUntil: number(answer) };
    case 'unknown':
      return { kind };
    case 'busy':
      return { kind, stored: storedTurn(answer) };
    default:
      throw new CorruptRecord('the answer to a remove has an unknown kind');
  }
}
