import { encodeId } from '../encode-id';
import type { RemoveResult, StoredTurn, TurnRef } from '../store';
import { blankTurn } from '../stored-turn';
import { removeResult } from './change';
import { readTurn } from './read';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { imageIds, storedOrNull } from './script-result';
import { REMOVE_TURN } from './scripts/remove-turn';
import { RESTORE_TURN } from './scripts/restore-turn';

type Request = TurnRef & { now: number };

/**
 * `Store.removeTurn`: two round trips. The first reads the turn to make its blanked form. It cannot change in between,
 * because a finished turn never changes and a live one is refused.
 */
export async function removeTurn(redis: RedisCommands, request: Request): Promise<RemoveResult> {
  const stored = await readTurn(redis, request);
  if (!stored) return { kind: 'unknown' };
  const reply = await runScript(redis, REMOVE_TURN, redis.keys.session(request), {
    turn: encodeId(request.turnId),
    blankJson: JSON.stringify(blankTurn(stored.turn)),
    images: imageIds(stored.turn),
    now: request.now,
  });
  return removeResult(reply);
}

/** `Store.restoreTurn`: one round trip. */
export async function restoreTurn(redis: RedisCommands, request: Request): Promise<StoredTurn | null> {
  const values = { turn: encodeId(request.turnId), now: request.now };
  return storedOrNull(await runScript(redis, RESTORE_TURN, redis.keys.session(request), values));
}
