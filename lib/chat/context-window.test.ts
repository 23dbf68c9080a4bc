import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildContext, type ContextRequest } from './context-window';
import { estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';
import { startTurn, type Turn, type TurnStatus } from './turn';

const turnOf = (
  n: number,
  change: { status?: TurnStatus; reply?: string; deletedAt?: number } = {},
): Turn => {
  const turn = startTurn({ id: `t${n}`, assistantId: 'a', content: `ask ${n}`, model: 'demo:demo', now: n });
  return {
    ...turn,
    status: change.status ?? 'done',
    reply: { ...turn.reply, content: change.reply ?? `answer ${n}`, reasoning: 'SECRET THOUGHT' },
    ...(change.deletedAt && { deletedAt: change.deletedAt }),
  };
};
const build = (path: Turn[], change: Partial<ContextRequest> = {}) =>
  buildContext({
    path,
    pathTotal: path.length,
    limits: { turns: 20, tokens: 10_000 },
    system: 'Be kind.',
    content: 'new',
    ...change,
  });
const said = (path: Turn[], change?: Partial<ContextRequest>) =>
  build(path, change).messages.map(({ content }) => content);

describe('the context window', () => {
  it('carries every turn in order, the new message last', () => {
    expect(build([turnOf(1), turnOf(2)])).toEqual({
      messages: [
        { role: 'user', content: 'ask 1' },
        { role: 'assistant', content: 'answer 1' },
        { role: 'user', content: 'ask 2' },
        { role: 'assistant', content: 'answer 2' },
        { role: 'user', content: 'new' },
      ],
      sent: 2,
      dropped: 0,
    });
  });

  it('leaves out turns that failed, were deleted or have no words, and does not count them', () => {
    const path = [
      turnOf(1),
      turnOf(2, { status: 'failed' }),
      turnOf(3, { status: 'stopped', reply: ' \n' }),
      turnOf(4, { deletedAt: 9 }),
      turnOf(5, { status: 'stopped' }),
      turnOf(6, { status: 'interrupted' }),
    ];
    expect(said(path)).toEqual(['ask 1', 'answer 1', 'ask 5', 'answer 5', 'ask 6', 'answer 6', 'new']);
    expect(build(path)).toMatchObject({ sent: 3, dropped: 0 });
  });

  it('counts the turns beyond the page that the store gave', () => {
    expect(build([turnOf(8), turnOf(9)], { pathTotal: 9 })).toMatchObject({ sent: 2, dropped: 7 });
  });

  it('sends nothing of the past when the limit is no turns', () => {
    expect(said([turnOf(1)], { limits: { turns: 0, tokens: 999 } })).toEqual(['new']);
  });

  it('stops at the first turn that does not fit, though an older one would', () => {
    const long = turnOf(2, { reply: 'x'.repeat(4_000) });
    expect(said([turnOf(1), long, turnOf(3)], { limits: { turns: 9, tokens: 200 } })).toEqual([
      'ask 3',
      'answer 3',
      'new',
    ]);
  });

  it('sends the new message whole, however long it and the system prompt are', () => {
    const content = '长'.repeat(5_000);
    const limits = { turns: 9, tokens: 100 };
    expect(build([turnOf(1)], { content, limits })).toEqual({
      messages: [{ role: 'user', content }],
      sent: 0,
      dropped: 1,
    });
  });

  it('always keeps within the limits, contiguous from the newest, and accounts for every turn', () => {
    const turn = fc.record({
      status: fc.constantFrom<TurnStatus>('done', 'stopped', 'failed', 'interrupted'),
      reply: fc.string({ unit: 'grapheme', maxLength: 300 }),
    });
    fc.assert(
      fc.property(
        fc.array(turn, { maxLength: 30 }),
        fc.record({ turns: fc.nat(40), tokens: fc.nat(2_000) }),
        fc.nat(50),
        fc.string(),
        (changes, limits, older, system) => {
          const path = changes.map((change, index) => turnOf(index, change));
          const usable = path.filter((one) => one.status !== 'failed' && one.reply.content.trim() !== '');
          const { messages, sent, dropped } = build(path, {
            limits,
            system,
            pathTotal: path.length + older,
          });
          expect(sent + dropped).toBe(usable.length + older);
          expect(sent).toBeLessThanOrEqual(limits.turns);
          expect(messages.at(-1)).toEqual({ role: 'user', content: 'new' });
          expect(messages.slice(0, -1).map((one) => one.content)).toEqual(
            usable.slice(usable.length - sent).flatMap((one) => [one.user.content, one.reply.content]),
          );
          const cost = [system, ...messages.map((one) => one.content)].reduce(
            (sum, text) => sum + estimateTokens(text) + MESSAGE_TOKENS,
            0,
          );
          if (sent > 0) expect(cost).toBeLessThanOrEqual(limits.tokens);
          expect(JSON.stringify(messages)).not.toContain('SECRET THOUGHT');
        },
      ),
    );
  });
});

describe('the token estimate', () => {
  it.each([
    ['', 0],
    ['word', 1],
    ['a longer sentence of words', 7],
    ['你好世界', 4],
    ['こんにちは', 5],
    ['안녕하세요', 5],
    ['Привет', 3],
    ['😀', 2],
  ])('takes %j for %i tokens', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });
});
