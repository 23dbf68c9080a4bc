import { expect } from 'vitest';
import type { TurnStatus } from '@/lib/chat/turn';
import { VENDOR_SECRET } from '../support/fake-openai/scenarios';
import type { AppServer } from '../support/servers/app-server';
import { ApiClient } from './api-client';
import { describeReply, describeSaved } from './describe-outcome';
import type { Fault } from './fault-table';
import { unwrap } from './lab';

/** [what the provider does, the fake model's scenario for it, the status of the turn] */
const ROWS: [string, string, TurnStatus][] = [
  ['The provider answers 401.', 'error-401', 'failed'],
  ['The provider answers 429 with `Retry-After: 7`.', 'error-429', 'failed'],
  ['The provider answers 500.', 'error-500', 'failed'],
  ['The provider sends a login page instead of a stream.', 'html', 'failed'],
  ['The provider drops the connection before it answers.', 'drop', 'failed'],
  ['The provider drops the connection during a reply.', 'cut', 'failed'],
  ['The provider sends half a JSON object.', 'malformed', 'failed'],
  ['The provider sends an error inside the stream.', 'in-band-error', 'failed'],
  ['The provider sends chunks with `choices: []`.', 'empty-choices', 'done'],
  ['The stream ends after the finish reason, without `[DONE]`.', 'no-done', 'done'],
  ['The stream ends without a finish reason.', 'no-finish', 'failed'],
  ['The model ends without sending any text.', 'empty', 'failed'],
  ['The model reaches its length limit.', 'length', 'done'],
  ['The model sends nothing for `MODEL_FIRST_TOKEN_MS` before the first token.', 'no-response', 'failed'],
  ['The model sends nothing for `MODEL_STALL_MS` after the first token.', 'stall-later', 'failed'],
];

/** Faults of the model, all on one server with short timeouts. Nothing listens at the address of `kimi:unreachable`. */
export const modelFaults = (app: () => AppServer): Fault[] => [
  ...ROWS.map(
    ([title, scenario, status]): Fault => ({ title, run: () => runScenario(app(), scenario, status) }),
  ),
  {
    title: 'Nothing is listening at the provider’s address.',
    run: () => runScenario(app(), 'plain', 'failed', 'kimi:unreachable'),
  },
];

async function runScenario(app: AppServer, scenario: string, status: TurnStatus, model?: string) {
  const client = new ApiClient(app.url);
  const send = ApiClient.message(`[[${scenario}]] hello`);
  const reader = unwrap(await client.send(send, model));
  expect(await reader.ended).toBe('end');
  const turn = reader.turn();
  expect(turn.status).toBe(status);
  expect(JSON.stringify(turn)).not.toContain(VENDOR_SECRET);
  const history = unwrap(await client.history(send.sessionId));
  expect(history.turns).toEqual([turn]);
  return { shown: describeReply(turn), saved: describeSaved(history, turn) };
}
