import { encodeId } from '../encode-id';
import { dayOf } from '../limits';
import type { StoredTurn, TurnRef, WriteRequest, WriteResult } from '../store';
import { encodeText } from '../stored-turn';
import { addTurnUse, DAY_TTL_MS } from './limits';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { list, storedOrNull, text } from './script-result';
import { REQUEST_STOP } from './scripts/request-stop';
import { WRITE } from './scripts/write';

/** `Store.write`: one round trip; on a Cluster two if the turn's use is counted. */
export async function write(redis: RedisCommands, request: WriteRequest): Promise<WriteResult> {
  const { use, now } = request;
  const isCluster = use !== undefined && (await redis.isCluster());
  const keys = [...redis.keys.session(request), ...(use && !isCluster ? [redis.keys.day(dayOf(now))] : [])];
  const reply = await runScript(redis, WRITE, keys, {
    session: encodeId(request.sessionId),
    turn: encodeId(request.turnId),
    token: request.token,
    json: request.turn ? JSON.stringify(request.turn) : '',
    status: request.turn?.status ?? '',
    preview: request.preview === undefined ? '' : encodeText(request.preview),
    leaseEnd: request.endsAt,
    ifExpired: request.ifExpired ? '1' : '',
    tokens: use?.tokens ?? '',
    cost: use?.cost ?? '',
    dayTtl: DAY_TTL_MS,
    now,
  });
  const [kind, answer, isRepeated] = list(reply);
  if (use && isCluster && kind === 'held' && !isRepeated) await addTurnUse(redis, use, now);
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
    await runScript(redis, REQUEST_STOP, redis.keys.session(ref), {
      turn: encodeId(ref.turnId),
      now: ref.now,
    }),
  );
}
