import { expect } from 'vitest';
import type { TurnStatus } from '@/lib/chat/turn';
import type { AppServer } from '../support/app-server';
import type { Fault } from './fault';
import { value } from './lab';
import { Visitor } from './visitor';
import { keptWords, replyWords } from './words-of';

/** [what the model's server does, the scenario that does it, how the turn ends] */
const ROWS: [string, string, TurnStatus][] = [
  ['The provider answers 401.', 'error-401', 'failed'],
  ['The provider answers 429 with `Retry-After: 7`.', 'error-429', 'failed'],
  ['The provider answers 500.', 'error-500', 'failed'],
  ['The provider sends a login page in place of a stream.', 'html', 'failed'],
  ['The provider breaks the connection before it answers.', 'drop', 'failed'],
  ['The provider breaks the connection in the middle.', 'cut', 'failed'],
  ['The provider sends half a JSON object.', 'malformed', 'failed'],
  ['The provider sends an error inside the stream.', 'in-band-error', 'failed'],
  ['The provider sends chunks with `choices: []`.', 'empty-choices', 'done'],
  ['The stream ends without `[DONE]`, after the finish reason.', 'no-done', 'done'],
  ['The stream ends without a finish reason.', 'no-finish', 'failed'],
  ['The model ends without a word.', 'empty', 'failed'],
  ['The model reaches its length limit.', 'length', 'done'],
  ['The model says nothing before the first token for `MODEL_FIRST_TOKEN_MS`.', 'no-response', 'failed'],
  ['The model falls silent after the first token for `MODEL_STALL_MS`.', 'stall-later', 'failed'],
];

/** Faults of the model, all on one server with short patience. `closedPort`: nobody listens there. */
export const modelFaults = (app: () => AppServer): Fault[] => [
  ...ROWS.map(([done, scenario, status]): Fault => ({ done, play: () => play(app(), scenario, status) })),
  {
    done: 'Nobody listens at the provider’s address.',
    play: () => play(app(), 'plain', 'failed', 'kimi:away'),
  },
];

async function play(app: AppServer, scenario: string, status: TurnStatus, model?: string) {
  const visitor = new Visitor(app.url);
  const send = Visitor.words(`[[${scenario}]] hello`);
  const reading = value(await visitor.send(send, model));
  expect(await reading.ended).toBe('end');
  const turn = reading.turn();
  expect(turn.status).toBe(status);
  expect(JSON.stringify(turn)).not.toContain('SECRET');
  const history = value(await visitor.history(send.sessionId));
  expect(history.turns).toEqual([turn]);
  return { sees: replyWords(turn), kept: keptWords(history, turn) };
}
