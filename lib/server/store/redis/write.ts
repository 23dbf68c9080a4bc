import { encodeId } from '../encode-id';
import type { StoredTurn, TurnRef, WriteRequest, WriteResult } from '../store';
import { encodeText } from '../stored-turn';
import { sessionKeys } from './keys';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { list, storedOrNull, text } from './script-result';
import { REQUEST_STOP } from './scripts/request-stop';
import { WRITE } from './scripts/write';

/** `Store.write`: one round trip. */
export async function write(redis: RedisCommands, request: WriteRequest): Promise<WriteResult> {
  const reply = await runScript(redis, WRITE, sessionKeys(request), {
    session: encodeId(request.sessionId),
    turn: encodeId(request.turnId),
    token: request.token,
    json: request.turn ? JSON.stringify(request.turn) : '',
    status: request.turn?.status ?? '',
    preview: request.preview === undefined ? '' : encodeText(request.preview),
    leaseEnd: request.endsAt,
    ifExpired: request.ifExpired ? '1' : '',
    now: request.now,
  });
  const [kind, answer] = list(reply);
  return kind === 'held'
    ? { held: true, stop: text(answer) === '1' }
    : { held: false, stored: storedOrNull(answer) };
}

/** `Store.requestStop`: one round trip. */
export async function requestStop(
  redis: RedisCommands,
  ref: TurnRef & { now: number },
): Promise<StoredTurn | null> {
  return storedOrNull(
    await runScript(redis, REQUEST_STOP, sessionKeys(ref), { turn: encodeId(ref.turnId), now: ref.now }),
  );
}
