import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { convertArrayToReadableStream, MockLanguageModelV4 } from 'ai/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { stringsFor } from '@/lib/chat/strings';
import { turnFooterStrings } from '@/lib/chat/strings/turn-footer';
import { turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import { turnNote } from '@/lib/chat/strings/turn-note';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { usageRows } from '@/lib/chat/usage-details';
import { parseSend } from '@/lib/server/http/request-schemas';
import { composeTurn } from '@/lib/server/store/stored-turn';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';

const strings = stringsFor('en');
const footer = turnFooterStrings('en');
const { finishes } = turnMenuStrings('en').usageDetails;

let fake: FakeOpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAI();
});
afterAll(() => fake.close());

/** The stored turn after a model has answered: the stand-in server, or one that sends these parts. */
async function storedTurn(content: string, parts?: LanguageModelV4StreamPart[]): Promise<Turn> {
  const services = await openTestServices({ OPENAI_BASE_URL: fake.baseUrl, OPENAI_MODELS: 'fake' });
  if (parts) {
    const stream = convertArrayToReadableStream(parts);
    services.catalog.languageModel = () => new MockLanguageModelV4({ doStream: { stream } });
  }
  const send = parseSend({ sessionId: 's', assistantId: 'teacher', turnId: 't', content });
  const { run, ref } = await beginTurn(services, 'me', send, 'en');
  await run?.ended;
  const stored = await services.store.turn({ ...ref, now: Date.now() });
  if (!stored) throw new Error('the turn was not stored');
  return stored.turn;
}

type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>;

const text: LanguageModelV4StreamPart = { type: 'text-delta', id: 'text', delta: 'Half a reply' };
const sdkFinish = (finishReason: Finish['finishReason']): Finish => ({
  type: 'finish',
  finishReason,
  usage: {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  },
});
const lastChunk = (finish_reason: string): LanguageModelV4StreamPart => ({
  type: 'raw',
  rawValue: { choices: [{ index: 0, delta: {}, finish_reason }] },
});

/** What the page says under the reply, and behind "Outcome" in its details. */
const shown = (turn: Turn) => ({
  note: turnNote(turn, strings, footer)?.text ?? null,
  ended: usageRows(turn, turnMenuStrings('en')).find(({ value }) => Object.values(finishes).includes(value))
    ?.value,
});

const FILTERED = { note: footer.notes.filtered, ended: finishes.content_filter };
const CUT = { note: footer.notes.cutAtLimit, ended: finishes.length };
const WHOLE = { note: null, ended: finishes.stop };

describe('the page says that a content filter ended a reply', () => {
  it('when a chat-completions server reports it', async () => {
    expect(shown(await storedTurn('[[content-filter]] hello'))).toEqual(FILTERED);
  });

  it('when the AI SDK reports it', async () => {
    const parts = [text, sdkFinish({ unified: 'content-filter', raw: 'safety' })];
    expect(shown(await storedTurn('hello', parts))).toEqual(FILTERED);
  });

  it('when the provider has a name of its own for it', async () => {
    expect(shown(await storedTurn('hello', [text, lastChunk('sensitive')]))).toEqual(FILTERED);
    const parts = [text, sdkFinish({ unified: 'other', raw: 'PROHIBITED_CONTENT' })];
    expect(shown(await storedTurn('hello', parts))).toEqual(FILTERED);
  });

  it('instead of reporting a failure, when the filter left no text', async () => {
    expect(shown(await storedTurn('hello', [lastChunk('sensitive')]))).toEqual(FILTERED);
  });
});

describe('every finish reason reaches the page', () => {
  it.each<[string, Turn['finishReason'], ReturnType<typeof shown>]>([
    ['stop', 'stop', WHOLE],
    ['eos', 'stop', WHOLE],
    ['max_tokens', 'length', CUT],
    ['function_call', 'tool_calls', { note: null, ended: finishes.tool_calls }],
    ['something_new', 'other', { note: null, ended: finishes.other }],
  ])('%s is stored as %s', async (name, finishReason, expected) => {
    const turn = await storedTurn('hello', [text, lastChunk(name)]);
    expect(turn).toMatchObject({ status: 'done', finishReason });
    expect(shown(turn)).toEqual(expected);
  });
});

describe('a turn that an older release stored', () => {
  const old = startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'openai:fake', now: 1 });

  it.each([
    ['content-filter', FILTERED],
    ['content_filter', FILTERED],
    ['SAFETY', FILTERED],
    ['max_tokens', CUT],
    ['tool-calls', { note: null, ended: finishes.tool_calls }],
    ['whatever', { note: null, ended: finishes.other }],
    [undefined, WHOLE],
  ])('with finish reason %j is shown like a new one', (finishReason, expected) => {
    const json = JSON.stringify({ ...old, finishReason });
    const turn = composeTurn(json, { status: 'done', parentId: null, depth: 0, deletedAt: null });
    expect(shown(turn)).toEqual(expected);
  });
});
