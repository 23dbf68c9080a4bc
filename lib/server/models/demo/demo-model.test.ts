import { describe, expect, it } from 'vitest';
import { ASSISTANTS } from '@/lib/chat/assistants';
import { askModel, type Question } from '../ask-model';
import { type ModelCatalog, openCatalog } from '../catalog';
import type { ModelPart } from '../model-part';
import { PROVIDERS } from '../providers';
import { composeReply } from './compose-reply';

/** Port 9 (discard) of this machine: nobody listens there. */
const catalog: ModelCatalog = await openCatalog(
  { providers: {} },
  { ollamaAddress: 'http://127.0.0.1:9/v1' },
);

const questionOf = (content: string, change: Partial<Question> = {}): Question => ({
  modelId: 'demo:demo',
  system: 'You are Programmer.',
  messages: [{ role: 'user', content }],
  assistantId: 'programmer',
  language: 'en',
  signal: new AbortController().signal,
  timeouts: { firstTokenMs: 5_000, stallMs: 5_000 },
  ...change,
});
const QUESTION = 'How do I find the slow part of my program?';
const compose = (assistantId: string, ...messages: string[]) =>
  composeReply({ messages, assistantId, language: 'en' });

describe('the reply of the demo model', () => {
  it.each(
    ASSISTANTS.flatMap(({ id }) => [
      [id, QUESTION],
      [id, '怎样找出程序里最慢的部分？'],
    ]),
  )(
    'as %s to %s says that it is a demo and names the variables that connect a real model',
    (id, question) => {
      const { content } = compose(id, question);
      expect(content).toMatch(/demo model|演示模型/);
      for (const row of PROVIDERS.filter((one) => one.id !== 'ollama'))
        expect(content).toContain(`${row.id.toUpperCase()}_API_KEY`);
      expect(content).toMatch(/Ollama/);
    },
  );

  it('depends on the assistant: the programmer shows code, the teacher explains in steps and asks a question', () => {
    const [assistant, teacher, programmer] = ASSISTANTS.map(({ id }) => compose(id, QUESTION).content);
    expect(assistant).toContain('| --- |');
    expect(teacher).toMatch(/1\. [\s\S]*\?$/);
    expect(programmer).toMatch(/```ts\n[\s\S]*```/);
  });

  it('is in the language of the question, or of the page if the question has none', () => {
    expect(compose('teacher', '为什么天是蓝色的，晚上却是黑的？').content).toContain('我们一起');
    expect(compose('teacher', 'Why is the sky dark at night?').content).toContain('Let’s');
    expect(composeReply({ messages: ['👍'], assistantId: 'teacher', language: 'zh' }).content).toMatch(
      /^你好/,
    );
  });

  it('refers to the previous message', () => {
    const { content, reasoning } = compose('assistant', 'My name is Ada.', QUESTION);
    expect(content).toContain('“My name is Ada.”');
    expect(reasoning).toContain('“My name is Ada.”');
    expect(compose('assistant', QUESTION).content).not.toContain('before this one');
  });

  it('is short for a short question', () => {
    expect(compose('assistant', 'Hi').content.length).toBeLessThan(
      compose('assistant', QUESTION).content.length / 1.5,
    );
  });

  it('is valid Markdown whatever the question contains', () => {
    expect(compose('assistant', 'a **b** `c` | d\n\n```\n<b> # e').content).toContain('**a b c d b e**');
  });
});

describe('the demo model', () => {
  it('streams reasoning first, then the reply, at reading speed, and counts tokens', async () => {
    const started = performance.now();
    const parts: ModelPart[] = [];
    let firstAfter = Number.NaN;
    for await (const part of askModel(catalog, questionOf(QUESTION))) {
      if (parts.length === 0) firstAfter = performance.now() - started;
      parts.push(part);
    }
    const took = performance.now() - started;
    const text = (type: 'reasoning' | 'content') =>
      parts.map((part) => (part.type === type ? part.text : '')).join('');
    expect({ reasoning: text('reasoning'), content: text('content') }).toEqual(
      compose('programmer', QUESTION),
    );
    expect(parts.findIndex(({ type }) => type === 'content')).toBeGreaterThan(
      parts.findLastIndex(({ type }) => type === 'reasoning'),
    );
    expect(parts.at(-1)).toMatchObject({
      type: 'finish',
      finishReason: 'stop',
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
    });
    expect(parts.length).toBeGreaterThan(50);
    expect(firstAfter).toBeLessThan(1_000);
    expect(took).toBeGreaterThan(1_000);
  });

  it('stops at once on an abort', async () => {
    const control = new AbortController();
    const reply = askModel(catalog, questionOf(QUESTION, { signal: control.signal }));
    expect((await reply.next()).done).toBe(false);
    control.abort();
    expect((await reply.next()).done).toBe(true);
  });
});
