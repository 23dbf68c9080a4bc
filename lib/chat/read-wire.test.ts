import { describe, expect, it } from 'vitest';
import {
  readErrorFields,
  readHealth,
  readHistory,
  readImage,
  readModels,
  readSessionAnswer,
  readSessions,
  readTurnAnswer,
  readUndo,
} from './read-wire';
import type { Session } from './session';
import type { Turn } from './turn';
import type {
  HealthAnswer,
  HistoryAnswer,
  ImageAnswer,
  ModelsAnswer,
  SessionAnswer,
  SessionsAnswer,
  TurnAnswer,
  UndoAnswer,
} from './wire';

const turn: Required<Turn> = {
  v: 1,
  id: 't1',
  parentId: null,
  depth: 0,
  assistantId: 'teacher',
  createdAt: 1,
  updatedAt: 2,
  user: {
    content: 'Hi',
    images: [{ id: 'i1', type: 'image/png', width: 2, height: 3 }],
    from: { assistantId: 'assistant', turnId: 't0' },
  },
  reply: { content: 'Hello', reasoning: 'Hm', images: [], model: 'demo:demo' },
  status: 'failed',
  error: {
    code: 'model_failed',
    reason: 'stalled',
    retryAfterMs: 5,
    message: 'The model stopped responding.',
  },
  finishReason: 'content_filter',
  usage: { inputTokens: 1, outputTokens: 2, reasoningTokens: 3 },
  timing: { firstTokenMs: 1, totalMs: 2, thoughtMs: 3 },
  context: { sent: 1, dropped: 2, images: 3 },
  deletedAt: 9,
};

const session: Session = {
  v: 1,
  id: 's1',
  assistantId: 'teacher',
  title: 'Primes',
  preview: 'Hello',
  headTurnId: 't1',
  headStatus: 'failed',
  activeTurnId: null,
  createdAt: 1,
  updatedAt: 2,
  pinned: false,
  expiresAt: null,
};

const health: HealthAnswer = {
  status: 'degraded',
  store: { durable: true, ok: false, reason: 'read_only' },
  models: { demo: false },
  warnings: ['evicts', 'too_old'],
};
const models: ModelsAnswer = {
  models: [
    {
      id: 'ollama:qwen3:8b',
      provider: 'ollama',
      name: 'qwen3:8b',
      vision: false,
      reasoning: true,
      imageGeneration: false,
      contextTokens: 8000,
    },
  ],
  default: 'ollama:qwen3:8b',
};
const history: Required<HistoryAnswer> = {
  sessionId: 's1',
  assistantId: 'teacher',
  title: 'Primes',
  total: 1,
  turns: [turn],
  versions: { t1: ['t0', 't1'] },
  wordings: { t1: [['t0'], ['t1']] },
  activeTurnId: null,
  nextBefore: null,
};
const sessions: SessionsAnswer = { sessions: [session], total: 1, nextBefore: 's0' };
const undo: UndoAnswer = { undoUntil: 7 };
const image: ImageAnswer = { id: 'i1', type: 'image/webp', width: 2, height: 3, bytes: 4 };

/** Every field of every answer, the optional ones too. */
const ANSWERS = [
  ['health', readHealth, health],
  ['models', readModels, models],
  ['history', readHistory, history],
  ['sessions', readSessions, sessions],
  ['a session', readSessionAnswer, { session } satisfies SessionAnswer],
  ['a turn', readTurnAnswer, { turn } satisfies TurnAnswer],
  ['an undo', readUndo, undo],
  ['an image', readImage, image],
] as const;

describe('reading what the server answers', () => {
  it.each(ANSWERS)('reads all of %s', (_, read, answer) => {
    expect(read(JSON.parse(JSON.stringify(answer)))).toEqual(answer);
  });

  it.each(ANSWERS)('does not take anything else for %s', (_, read) => {
    for (const value of [null, [], 'text', {}, { error: { code: 'internal' } }])
      expect(() => read(value)).toThrow('expected');
  });

  it('names the field that is wrong', () => {
    const bad = { ...history, turns: [{ ...turn, reply: { ...turn.reply, content: null } }] };
    expect(() => readHistory(bad)).toThrow('turns.0.reply.content: expected text');
  });

  it('reads a turn of an earlier version: any finish reason, no optional fields', () => {
    const { error, finishReason, usage, timing, context, deletedAt, ...plain } = turn;
    expect(readTurnAnswer({ turn: plain }).turn).toEqual(plain);
    expect(readTurnAnswer({ turn: { ...plain, finishReason: 'tool-calls' } }).turn.finishReason).toBe(
      'tool_calls',
    );
  });

  it('leaves out warnings of a newer server', () => {
    expect(readHealth({ ...health, warnings: ['brand_new', 'evicts'] }).warnings).toEqual(['evicts']);
  });

  it('reads a code or reason of a newer server as the general case, so that its history can be shown', () => {
    const newer = { ...turn, error: { code: 'brand_new', reason: 'brand_new', message: 'x' } };
    expect(readTurnAnswer({ turn: newer }).turn.error).toEqual({ code: 'internal', message: 'x' });
  });
});

describe('reading an error', () => {
  it('takes what it can rely on', () => {
    const error = { code: 'turn_in_progress', message: 'x', activeTurnId: 't1', retryAfterMs: 3 };
    expect(readErrorFields({ error })).toEqual({
      code: 'turn_in_progress',
      activeTurnId: 't1',
      retryAfterMs: 3,
    });
    expect(readErrorFields({ error: { code: 'rate_limited', reason: 'none of ours' } })).toEqual({
      code: 'rate_limited',
    });
  });

  it.each([null, 'x', [], { error: 'x' }, { message: 'a proxy' }])('finds none in %j', (body) => {
    expect(readErrorFields(body)).toBeNull();
  });
});
