import { describe, expect, it } from 'vitest';
import { ASSISTANTS } from '@/lib/chat/assistants';
import { continuePromptOf } from '@/lib/chat/context/continue-prompt';
import { askModel, type Question } from '../ask-model';
import { type ModelCatalog, openCatalog } from '../catalog';
import type { ModelPart } from '../model-part';
import { PROVIDERS } from '../providers';
import { composeReply, continueReply } from './compose-reply';

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

  it.each(['Hi', '1+1', QUESTION, '为什么天是蓝色的，晚上却是黑的？', '你好', '👍'])(
    'to %s says first that it is a demo, in every assistant and at every step',
    (question) => {
      for (const { id } of ASSISTANTS) {
        for (const before of [[], [QUESTION], [QUESTION, 'Go on.', 'And?']])
          expect(compose(id, ...before, question).content).toMatch(
            /^> \*\*[^\n]{0,30}(demo model|演示模型)/i,
          );
      }
    },
  );

  it('depends on the assistant: the programmer shows code, the teacher explains in steps and asks a question', () => {
    const [assistant, teacher, programmer] = ASSISTANTS.map(({ id }) => compose(id, QUESTION).content);
    expect(assistant).toContain('| --- |');
    expect(teacher).toMatch(/1\. [\s\S]*\? \*/);
    expect(programmer).toMatch(/```ts\n[\s\S]*```/);
  });

  it.each(
    ASSISTANTS.flatMap(({ id }) => [
      [id, 'Tell me more.'],
      [id, '接着说。'],
    ]),
  )('as %s to %s is a tour: one thing that the page can do for each message', (id, message) => {
    const replies = Array.from({ length: 7 }, (_, n) => compose(id, ...Array(n + 1).fill(message)));
    const all = replies.map(({ content }) => content).join('\n');
    for (const shown of ['| --- |', '```ts', '$$', '```mermaid']) expect(all).toContain(shown);
    expect(all).toMatch(/Press Stop|点一下“停止”/);
    expect(all).toMatch(/Continue|继续生成/);
    expect(all).toMatch(/Switch to another one|切换到另一位助手/);
    expect(replies.every(({ reasoning }) => reasoning !== '')).toBe(true);
    expect(all).toMatch(/That was the tour|演示到这里就结束了/);
  });

  it('names the next step of the tour, and a greeting or a sum does not skip one', () => {
    const first = compose('assistant', QUESTION).content;
    expect(first).toContain('Next on the tour: code.');
    expect(compose('assistant', 'Hi', QUESTION).content).toContain('| --- |');
    expect(compose('assistant', QUESTION, '1+1', 'ok, next').content).toContain('```ts');
  });

  it.each([
    ['1+1', '1+1 = **2**'],
    ['1+1=?', '1+1 = **2**'],
    ['1 + 1', '1 + 1 = **2**'],
    ['What is 12 × (3 − 5)?', '12 × (3 − 5) = **−24**'],
    ['what’s 7/2', '7/2 = **3.5**'],
    ['0.1+0.2', '0.1+0.2 = **0.3**'],
    ['1,000 * 3', '1,000 * 3 = **3000**'],
    ['2^10', '2^10 = **1024**'],
    ['1+1等于几？', '1+1 = **2**'],
    ['3×4是多少', '3×4 = **12**'],
    ['-3+5', '-3+5 = **2**'],
    ['（2+3）*4 =', '（2+3）*4 = **20**'],
  ])('to the sum %s is its result', (sum, result) => {
    const { content, reasoning } = compose('teacher', sum);
    expect(content).toContain(result);
    expect(reasoning).toBe('');
  });

  it.each([
    '1/0',
    '1+',
    '2026-11-25',
    '3',
    '1..2+3',
    'v1.2-3',
    '((1)',
    '5 - five',
    '+86 10 1234',
    '1+1 is fun',
  ])('to %s invents no result', (question) => {
    expect(compose('assistant', question).content).not.toMatch(/ = \*\*/);
  });

  it.each(['hi', 'Hello!', 'hey there', '你好', '您好！', '在吗', '👍', '?', 'Good morning'])(
    'to the greeting %s is short, and says how to begin the tour',
    (greeting) => {
      const { content } = compose('assistant', greeting);
      expect(content.length).toBeLessThan(260);
      expect(content).toMatch(/tour|演示/);
    },
  );

  it('goes on where it was cut off, and repeats nothing', () => {
    const question = { messages: [QUESTION], assistantId: 'teacher', language: 'en' } as const;
    const { content } = composeReply(question);
    for (const length of [1, 40, content.length - 1, content.length])
      expect(content.slice(0, length) + continueReply(question, content.slice(0, length)).content).toBe(
        content,
      );
  });

  it('is in the language of the question, or of the page if the question has none', () => {
    expect(compose('teacher', '为什么天是蓝色的，晚上却是黑的？').content).toContain('我们一起');
    expect(compose('teacher', 'Why is the sky dark at night?').content).toContain('Let’s');
    expect(composeReply({ messages: ['👍'], assistantId: 'teacher', language: 'zh' }).content).toMatch(
      /^> \*\*演示模型[\s\S]*你好/,
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
    expect(compose('assistant', 'Where is $\\frac{1}{2}$ of **it**?').content).toContain(
      '**Where is 1/2 of it?**',
    );
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

  it('continues a reply that was stopped', async () => {
    const whole = compose('programmer', QUESTION).content;
    const messages = [
      { role: 'user', content: QUESTION },
      { role: 'assistant', content: whole.slice(0, -20) },
      { role: 'user', content: continuePromptOf('zh') },
    ] as const;
    let rest = '';
    for await (const part of askModel(catalog, questionOf('', { messages: [...messages] })))
      if (part.type === 'content') rest += part.text;
    expect(rest).toBe(whole.slice(-20));
  });

  it('stops at once on an abort', async () => {
    const control = new AbortController();
    const reply = askModel(catalog, questionOf(QUESTION, { signal: control.signal }));
    expect((await reply.next()).done).toBe(false);
    control.abort();
    expect((await reply.next()).done).toBe(true);
  });
});
