import { ChatError } from '@/lib/chat/errors';
import type { Services } from '@/lib/server/services';
import type { TurnRef } from '@/lib/server/store/store';
import { followRun, followStored } from './follow-turn';
import { frameOf } from './live-run';
import { settleIfDead } from './settle';
import { turnStream } from './turn-stream';

/**
 * The stream of a turn that exists: of a run of this process from memory, of another's from the store; of a finished
 * turn, `turn` and `end` at once. Listening only: whoever leaves stops nothing.
 * @throws ChatError `not_found`.
 */
export async function openTurn(services: Services, ref: TurnRef): Promise<ReadableStream<Uint8Array>> {
  const run = services.runs.find(ref);
  if (run) return turnStream((sink) => followRun(run, sink));
  const now = Date.now();
  const found = await services.store.turn({ ...ref, now });
  if (!found) throw new ChatError('not_found');
  const { turn, lease } = await settleIfDead(services, ref, found, now);
  if (lease) return turnStream((sink) => followStored(services, ref, turn, sink));
  return turnStream((sink) => {
    sink.send(frameOf({ type: 'turn', turn }));
    sink.send(frameOf({ type: 'end', sessionId: ref.sessionId, turn }));
    sink.close();
    return () => {};
  });
}
