import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from './fake-openai';
import { SCENARIOS } from './scenarios';

let fake: FakeOpenAI;
beforeAll(async () => {
  fake = await startFakeOpenAI();
});
beforeEach(() => fake.reset());
afterAll(() => fake.close());

const ask = (content: string, body: object = {}, signal?: AbortSignal): Promise<Response> =>
  fetch(`${fake.baseUrl}/chat/completions`, {
    method: 'POST',
    signal,
    body: JSON.stringify({
      model: 'fake-plain',
      stream: true,
      messages: [{ role: 'user', content }],
      ...body,
    }),
  });
const control = async (path: string, body?: object) =>
  (await fetch(new URL(`/control/${path}`, fake.baseUrl), {
    method: body ? 'POST' : 'GET',
    body: JSON.stringify(body),
  }).then((response) => response.json())) as unknown;

describe('the fake model server', () => {
  it('streams chunks, a finish reason, token counts on request, and [DONE]', async () => {
    const response = await ask('hi', { stream_options: { include_usage: true } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const frames = (await response.text())
      .trim()
      .split('\n\n')
      .map((frame) => frame.replace(/^data: /, ''));
    expect(frames.at(-1)).toBe('[DONE]');
    const chunks = frames.slice(0, -1).map((frame) => JSON.parse(frame));
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toMatch(/^echo: hi/);
    expect(chunks.at(-2).choices[0].finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 2 } });
  });

  it('chooses a scenario by the model or by a marker in the last message', async () => {
    await ask('hi', { model: 'fake-error-401' });
    await ask('[[error-500]] hi');
    await ask('hi', { model: 'gpt-5.4' });
    expect(fake.requests.map(({ scenario }) => scenario)).toEqual(['error-401', 'error-500', 'plain']);
  });

  it('lists its scenarios as models', async () => {
    const list = (await fetch(`${fake.baseUrl}/models`).then((response) => response.json())) as {
      data: unknown[];
    };
    expect(list.data).toHaveLength(Object.keys(SCENARIOS).length);
  });

  it('releases a held reply part by part, also through the HTTP control API', async () => {
    const held = ask('[[hold]] mine');
    const other = ask('[[hold]] other');
    await fake.received('other');
    expect(await control('requests?contains=mine&atLeast=1')).toMatchObject([
      { state: 'open', scenario: 'hold' },
    ]);
    expect(await control('release', { contains: 'mine' })).toEqual({ open: 1 });
    expect(await (await held).text()).toContain('part5');
    expect((await fake.received('other'))[0]?.state).toBe('open');
    fake.release();
    await (await other).text();
  });

  it('distinguishes a client that disconnected, a complete reply and a broken connection', async () => {
    const leaving = new AbortController();
    const left = await ask('[[stall-first]]', {}, leaving.signal);
    const [first] = fake.requests;
    leaving.abort();
    await expect(left.text()).rejects.toThrow();
    expect(await control(`requests/${first?.id}?ended=1`)).toMatchObject({ state: 'left' });
    await (await ask('hi')).text();
    await expect((await ask('[[cut]]')).text()).rejects.toThrow();
    const [, whole, cut] = fake.requests;
    expect([(await fake.ended(whole?.id ?? 0)).state, (await fake.ended(cut?.id ?? 0)).state]).toEqual([
      'complete',
      'broken',
    ]);
  });

  it('runs as a standalone program', async () => {
    const program = fileURLToPath(new URL('./fake-openai.ts', import.meta.url));
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(child.stdout, 'data');
      const baseUrl = /http:\S+/.exec(String(line))?.[0];
      expect((await fetch(`${baseUrl}/models`)).status).toBe(200);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });
});
