import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
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

interface Told {
  reasoning: string;
  content: string;
  last: Exclude<ModelPart, { text: string }> | null;
  parts: ModelPart[];
}

async function ask(question: Question, from = catalog): Promise<Told> {
  const told: Told = { reasoning: '', content: '', last: null, parts: [] };
  for await (const part of askModel(from, question)) {
    expect(told.last).toBeNull();
    told.parts.push(part);
    if (part.type === 'finish' || part.type === 'failure') told.last = part;
    else told[part.type] += part.text;
  }
  return told;
}

describe('a good reply', () => {
  it('comes in parts, with its counts, from what the model was asked', async () => {
    const told = await ask(
      questionOf('plain', {
        messages: [
          { role: 'user', content: 'one' },
          { role: 'assistant', content: 'two' },
          { role: 'user', content: 'three' },
        ],
      }),
    );
    expect(told.content).toBe('echo: three\n\nmessages: 4, system: You are Teacher.');
    expect(told.parts.length).toBeGreaterThan(5);
    expect(told.last).toEqual({
      type: 'finish',
      finishReason: 'stop',
      usage: { inputTokens: 27, outputTokens: told.content.length, reasoningTokens: 3 },
    });
    const [request] = fake.requests;
    expect(request?.headers.authorization).toBe(`Bearer ${API_KEY}`);
    expect(request?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(request?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  });

  it('is asked for with the images before the words that ask about them', async () => {
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
  ])('of the kind %s is told as reasoning %j and content %j', async (scenario, reasoning, content) => {
    const told = await ask(questionOf(scenario));
    expect(told).toMatchObject({ reasoning, content, last: { type: 'finish', finishReason: 'stop' } });
  });

  it.each([
    ['length', 'length', 'Cut off by the lim'],
    ['length-reasoning', 'length', ''],
    ['content-filter', 'content_filter', 'I may not'],
  ])('that ended early (%s) says so', async (scenario, finishReason, content) => {
    expect(await ask(questionOf(scenario))).toMatchObject({
      content,
      last: { type: 'finish', finishReason },
    });
  });

  it.each(['cut-after-finish', 'never-closed'])(
    'whose finish reason came is complete, whatever the connection does then (%s)',
    async (scenario) => {
      const told = await ask(questionOf(scenario, { timeouts: { firstTokenMs: 60_000, stallMs: 60_000 } }));
      expect(told.last).toMatchObject({ type: 'finish', finishReason: 'stop' });
      expect(told.content).toMatch(/\.$/);
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
    ['in-band-words', 'upstream', 'Until here. '],
    ['no-capacity', 'upstream', 'I was'],
  ])('of the kind %s is told as %s, and the text before it is kept', async (scenario, reason, content) => {
    const told = await ask(questionOf(scenario));
    expect(told).toMatchObject({ content, last: { type: 'failure', reason } });
    expect(fake.requests).toHaveLength(1);
    const [request] = fake.requests;
    expect((await fake.ended(request?.id ?? 0)).state).not.toBe('open');
  });

  it('keeps the reasoning that came before it', async () => {
    expect(await ask(questionOf('cut-reasoning'))).toMatchObject({
      reasoning: 'Half a thought',
      last: { reason: 'cut' },
    });
  });

  it.each([
    ['error-429', 7_000],
    ['error-429-date', 90_000],
  ])('says how long to wait (%s)', async (scenario, retryAfterMs) => {
    expect((await ask(questionOf(scenario))).last).toMatchObject({ retryAfterMs });
  });

  it.each([
    'error-401',
    'error-429-date',
    'error-500',
    'in-band-error',
    'in-band-words',
    'malformed',
    'html',
    'cut',
  ])(
    'tells nothing of the vendor, the key, the address or the text, not even to the log (%s)',
    async (scenario) => {
      const { last } = await ask(questionOf(scenario));
      const told = JSON.stringify(last);
      for (const secret of ['SECRET', 'sk-', '127.0.0.1', 'hello', 'Teacher', 'login'])
        expect(told).not.toContain(secret);
    },
  );

  it('whose server refuses connections is told as unreachable', async () => {
    const away = await openCatalog({
      providers: { kimi: { baseUrl: await closedAddress(), models: ['m'] } },
    });
    const { last } = await ask(questionOf('plain', { modelId: 'kimi:m' }), away);
    expect(last).toMatchObject({ type: 'failure', reason: 'unreachable' });
  });

  it('is told for a model that the catalog does not have', async () => {
    expect((await ask(questionOf('plain', { modelId: 'openai:other' }))).last).toMatchObject({
      type: 'failure',
      reason: 'upstream',
    });
  });
});

describe('silence', () => {
  it.each([
    ['no-response', { firstTokenMs: 150, stallMs: 5_000 }, ''],
    ['stall-first', { firstTokenMs: 150, stallMs: 5_000 }, ''],
    ['stall-later', { firstTokenMs: 5_000, stallMs: 150 }, 'Some words, then'],
    ['stall-reasoning', { firstTokenMs: 5_000, stallMs: 150 }, ''],
  ])('is not borne for ever (%s), and the connection is closed', async (scenario, timeouts, content) => {
    const told = await ask(questionOf(scenario, { timeouts }));
    expect(told).toMatchObject({ content, last: { type: 'failure', reason: 'stalled' } });
    expect((await fake.ended(fake.requests[0]?.id ?? 0)).state).toBe('left');
  });

  it('is broken by reasoning too', async () => {
    const told = await ask(
      questionOf('hold-reasoning', { timeouts: { firstTokenMs: 1_000, stallMs: 1_000 } }),
      withReleases(5, 400),
    );
    expect(told).toMatchObject({
      reasoning: 'thought1 thought2 ',
      content: 'part1 part2 ',
      last: { type: 'finish' },
    });
  });

  /** The same catalog, while the held parts come one by one, each sooner than the stall but all of them later. */
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
  it('ends the reply quietly after what was told, and closes the connection', async () => {
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
    'is heard while the model is silent (%s)',
    async (scenario) => {
      const control = new AbortController();
      const told = ask(questionOf(scenario, { signal: control.signal }));
      const { id } = await fake.request(0);
      const abortedAt = Date.now();
      control.abort();
      expect((await told).parts).toEqual([]);
      expect((await fake.ended(id)).endedAt).toBeLessThan(abortedAt + 1_000);
    },
  );

  it('before the start asks nobody', async () => {
    expect((await ask(questionOf('plain', { signal: AbortSignal.abort() }))).parts).toEqual([]);
    expect(fake.requests).toEqual([]);
  });

  it('is what leaving the iteration is', async () => {
    for await (const part of askModel(catalog, questionOf('stall-later'))) {
      expect(part.type).toBe('content');
      break;
    }
    expect((await fake.ended(fake.requests[0]?.id ?? 0)).state).toBe('left');
  });
});

/** An address where nobody listens any more. */
async function closedAddress(): Promise<string> {
  const gone = await startFakeOpenAI();
  await gone.close();
  return gone.baseUrl;
}
