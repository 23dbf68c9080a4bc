import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { VENDOR_SECRET } from '@/e2e/support/fake-openai/scenarios';
import { askModel, type Question } from './ask-model';
import { type ModelCatalog, openCatalog } from './catalog';
import type { ModelPart } from './model-part';

let fake: FakeOpenAI;
let catalog: ModelCatalog;

const API_KEY = 'sk-very-secret-key';
const MODELS = ['plain', 'reasoning', 'hold', 'stall-first', 'no-response', 'stall-later'].map(
  (name) => `fake-${name}`,
);

beforeAll(async () => {
  fake = await startFakeOpenAI();
  catalog = await openCatalog({
    providers: { openai: { apiKey: API_KEY, baseUrl: fake.baseUrl, models: MODELS } },
  });
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const questionOf = (scenario: string, change: Partial<Question> = {}): Question => ({
  modelId: 'openai:fake-plain',
  system: 'You are Teacher.',
  messages: [{ role: 'user', content: `[[${scenario}]] hello` }],
  assistantId: 'teacher',
  language: 'en',
  signal: new AbortController().signal,
  timeouts: { firstTokenMs: 5_000, stallMs: 5_000 },
  ...change,
});

interface Reply {
  reasoning: string;
  content: string;
  last: Exclude<ModelPart, { text: string }> | null;
  parts: ModelPart[];
}

async function ask(question: Question, from = catalog): Promise<Reply> {
  const reply: Reply = { reasoning: '', content: '', last: null, parts: [] };
  for await (const part of askModel(from, question)) {
    expect(reply.last).toBeNull();
    reply.parts.push(part);
    if (part.type === 'finish' || part.type === 'failure') reply.last = part;
    else reply[part.type] += part.text;
  }
  return reply;
}

describe('a complete reply', () => {
  it('arrives in parts, with its token counts', async () => {
    const reply = await ask(
      questionOf('plain', {
        messages: [
          { role: 'user', content: 'one' },
          { role: 'assistant', content: 'two' },
          { role: 'user', content: 'three' },
        ],
      }),
    );
    expect(reply.content).toBe('echo: three\n\nmessages: 4, system: You are Teacher.');
    expect(reply.parts.length).toBeGreaterThan(5);
    expect(reply.last).toEqual({
      type: 'finish',
      finishReason: 'stop',
      usage: { inputTokens: 27, outputTokens: reply.content.length, reasoningTokens: 3 },
    });
    const [request] = fake.requests;
    expect(request?.headers.authorization).toBe(`Bearer ${API_KEY}`);
    expect(request?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(request?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  });

  it('is requested with the images before the text that asks about them', async () => {
    const image = { type: 'image/png' as const, data: Buffer.from('picture') };
    await ask(
      questionOf('plain', {
        messages: [
          { role: 'user', content: ' ', images: [image] },
          { role: 'assistant', content: 'A picture.' },
          { role: 'user', content: 'And these?', images: [image, { ...image, type: 'image/jpeg' }] },
        ],
      }),
    );
    const url = (type: string) => ({
      type: 'image_url',
      image_url: { url: `data:${type};base64,${image.data.toString('base64')}` },
    });
    expect(fake.requests[0]?.messages.map(({ content }) => content)).toEqual([
      'You are Teacher.',
      [url('image/png')],
      'A picture.',
      [url('image/png'), url('image/jpeg'), { type: 'text', text: 'And these?' }],
    ]);
  });

  it.each([
    ['reasoning', 'First I think.', 'Then I answer.'],
    ['reasoning-field', 'In another field.', 'Answer.'],
    ['think-tags', 'Hidden thoughts.', 'The answer.'],
    ['both-in-one', 'Thought.', 'Word.'],
    ['empty-choices', '', 'Around empty choices.'],
    ['no-done', '', 'Complete all the same.'],
    ['chinese', '先想一想。', '你好，世界！😀'],
  ])('of the kind %s has the reasoning %j and the content %j', async (scenario, reasoning, content) => {
    const reply = await ask(questionOf(scenario));
    expect(reply).toMatchObject({ reasoning, content, last: { type: 'finish', finishReason: 'stop' } });
  });

  it.each([
    ['length', 'length', 'Cut off by the lim'],
    ['length-reasoning', 'length', ''],
    ['content-filter', 'content_filter', 'I may not'],
  ])('that the model ended early (%s) has the finish reason', async (scenario, finishReason, content) => {
    expect(await ask(questionOf(scenario))).toMatchObject({
      content,
      last: { type: 'finish', finishReason },
    });
  });

  it.each(['cut-after-finish', 'never-closed'])(
    'is complete once its finish reason has arrived, whatever the connection does next (%s)',
    async (scenario) => {
      const reply = await ask(questionOf(scenario, { timeouts: { firstTokenMs: 60_000, stallMs: 60_000 } }));
      expect(reply.last).toMatchObject({ type: 'finish', finishReason: 'stop' });
      expect(reply.content).toMatch(/\.$/);
    },
  );
});

describe('a failure of the model', () => {
  it.each([
    ['error-400', 'upstream', ''],
    ['error-401', 'auth', ''],
    ['error-402', 'upstream', ''],
    ['error-403', 'auth', ''],
    ['error-404', 'upstream', ''],
    ['error-429', 'rate_limited', ''],
    ['error-429-date', 'rate_limited', ''],
    ['error-500', 'upstream', ''],
    ['error-503', 'upstream', ''],
    ['drop', 'cut', ''],
    ['cut', 'cut', 'Half of the answer'],
    ['no-finish', 'cut', 'Never finished'],
    ['empty', 'empty', ''],
    ['blank', 'empty', ' \n'],
    ['only-reasoning', 'empty', ''],
    ['malformed', 'malformed', 'Good so far. '],
    ['wrong-shape', 'malformed', 'Good so far. '],
    ['html', 'malformed', ''],
    ['in-band-error', 'upstream', 'Until here. '],
    ['in-band-rate-limit', 'rate_limited', ''],
    ['in-band-auth', 'auth', ''],
    ['in-band-text', 'upstream', 'Until here. '],
    ['no-capacity', 'upstream', 'I was'],
  ])(
    'of the kind %s is reported as %s, and the text before it is kept',
    async (scenario, reason, content) => {
      const reply = await ask(questionOf(scenario));
      expect(reply).toMatchObject({ content, last: { type: 'failure', reason } });
      expect(fake.requests).toHaveLength(1);
      const [request] = fake.requests;
      expect((await fake.ended(request?.id ?? 0)).state).not.toBe('open');
    },
  );

  it('keeps the reasoning before it', async () => {
    expect(await ask(questionOf('cut-reasoning'))).toMatchObject({
      reasoning: 'Half a thought',
      last: { reason: 'cut' },
    });
  });

  it.each([
    ['error-429', 7_000],
    ['error-429-date', 90_000],
  ])('reports how long the provider asks to wait (%s)', async (scenario, retryAfterMs) => {
    expect((await ask(questionOf(scenario))).last).toMatchObject({ retryAfterMs });
  });

  it.each([
    'error-401',
    'error-429-date',
    'error-500',
    'in-band-error',
    'in-band-text',
    'malformed',
    'html',
    'cut',
  ])('reveals no provider text, key, address or message, not even to the log (%s)', async (scenario) => {
    const { last } = await ask(questionOf(scenario));
    const reply = JSON.stringify(last);
    for (const secret of [VENDOR_SECRET, 'sk-', '127.0.0.1', 'hello', 'Teacher', 'login'])
      expect(reply).not.toContain(secret);
  });

  it('is unreachable when the server refuses connections', async () => {
    const unreachable = await openCatalog({
      providers: { kimi: { baseUrl: await closedAddress(), models: ['m'] } },
    });
    const { last } = await ask(questionOf('plain', { modelId: 'kimi:m' }), unreachable);
    expect(last).toMatchObject({ type: 'failure', reason: 'unreachable' });
  });

  it('is reported for a model that is not in the catalog', async () => {
    expect((await ask(questionOf('plain', { modelId: 'openai:other' }))).last).toMatchObject({
      type: 'failure',
      reason: 'upstream',
    });
  });
});

describe('a silent model', () => {
  it.each([
    ['no-response', { firstTokenMs: 150, stallMs: 5_000 }, ''],
    ['stall-first', { firstTokenMs: 150, stallMs: 5_000 }, ''],
    ['stall-later', { firstTokenMs: 5_000, stallMs: 150 }, 'Some words, then'],
    ['stall-reasoning', { firstTokenMs: 5_000, stallMs: 150 }, ''],
  ])('is given up on (%s), and the connection is closed', async (scenario, timeouts, content) => {
    const reply = await ask(questionOf(scenario, { timeouts }));
    expect(reply).toMatchObject({ content, last: { type: 'failure', reason: 'stalled' } });
    expect((await fake.ended(fake.requests[0]?.id ?? 0)).state).toBe('left');
  });

  it('is not silent while it sends reasoning', async () => {
    const reply = await ask(
      questionOf('hold-reasoning', { timeouts: { firstTokenMs: 1_000, stallMs: 1_000 } }),
      withReleases(5, 400),
    );
    expect(reply).toMatchObject({
      reasoning: 'thought1 thought2 ',
      content: 'part1 part2 ',
      last: { type: 'finish' },
    });
  });

  /**
   * The same catalog; meanwhile the held parts are released one by one, slower in all than the stall timeout.
   */
  function withReleases(count: number, everyMs: number): ModelCatalog {
    void fake.request(0).then(({ id }) => {
      let left = count;
      const timer = setInterval(() => {
        fake.release({ id, count: 1 });
        left -= 1;
        if (left === 0) clearInterval(timer);
      }, everyMs);
    });
    return catalog;
  }
});

describe('an abort', () => {
  it('ends the reply without a last part, and closes the connection', async () => {
    const control = new AbortController();
    const reply = askModel(catalog, questionOf('hold', { signal: control.signal }));
    const first = reply.next();
    const { id } = await fake.request(0);
    fake.release({ count: 1 });
    expect(await first).toEqual({ done: false, value: { type: 'content', text: 'part1 ' } });
    const next = reply.next();
    control.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect((await fake.ended(id)).state).toBe('left');
  });

  it.each(['no-response', 'stall-first', 'hold'])(
    'works while the model is silent (%s)',
    async (scenario) => {
      const control = new AbortController();
      const reply = ask(questionOf(scenario, { signal: control.signal }));
      const { id } = await fake.request(0);
      const abortedAt = Date.now();
      control.abort();
      expect((await reply).parts).toEqual([]);
      expect((await fake.ended(id)).endedAt).toBeLessThan(abortedAt + 1_000);
    },
  );

  it('before the start sends no request', async () => {
    expect((await ask(questionOf('plain', { signal: AbortSignal.abort() }))).parts).toEqual([]);
    expect(fake.requests).toEqual([]);
  });

  it('happens when the caller stops iterating', async () => {
    for await (const part of askModel(catalog, questionOf('stall-later'))) {
      expect(part.type).toBe('content');
      break;
    }
    expect((await fake.ended(fake.requests[0]?.id ?? 0)).state).toBe('left');
  });
});

/** The address of a server that has closed. */
async function closedAddress(): Promise<string> {
  const gone = await startFakeOpenAI();
  await gone.close();
  return gone.baseUrl;
}
