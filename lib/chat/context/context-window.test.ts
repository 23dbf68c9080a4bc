import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageRef, startTurn, type Turn, type TurnStatus } from '../turn';
import { buildContext, type ContextRequest } from './context-window';
import { estimateImageTokens, estimateTokens, MESSAGE_TOKENS } from './estimate-tokens';

const turnOf = (
  n: number,
  change: { status?: TurnStatus; reply?: string; deletedAt?: number } = {},
): Turn => {
  const turn = startTurn({ id: `t${n}`, assistantId: 'a', content: `ask ${n}`, model: 'demo:demo', now: n });
  return {
    ...turn,
    status: change.status ?? 'done',
    reply: { ...turn.reply, content: change.reply ?? `answer ${n}`, reasoning: 'SECRET REASONING' },
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
const contents = (path: Turn[], change?: Partial<ContextRequest>) =>
  build(path, change).messages.map(({ content }) => content);

describe('buildContext', () => {
  it('sends every turn in order, and the new message last', () => {
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

  it('leaves out turns that failed, were deleted or have no reply text, and does not count them', () => {
    const path = [
      turnOf(1),
      turnOf(2, { status: 'failed' }),
      turnOf(3, { status: 'stopped', reply: ' \n' }),
      turnOf(4, { deletedAt: 9 }),
      turnOf(5, { status: 'stopped' }),
      turnOf(6, { status: 'interrupted' }),
    ];
    expect(contents(path)).toEqual(['ask 1', 'answer 1', 'ask 5', 'answer 5', 'ask 6', 'answer 6', 'new']);
    expect(build(path)).toMatchObject({ sent: 3, dropped: 0 });
  });

  it('counts older turns that the store did not return as dropped', () => {
    expect(build([turnOf(8), turnOf(9)], { pathTotal: 9 })).toMatchObject({ sent: 2, dropped: 7 });
  });

  it('sends only the new message with a limit of 0 turns', () => {
    expect(contents([turnOf(1)], { limits: { turns: 0, tokens: 999 } })).toEqual(['new']);
  });

  it('stops at the first turn that does not fit, even if an older one would', () => {
    const long = turnOf(2, { reply: 'x'.repeat(4_000) });
    expect(contents([turnOf(1), long, turnOf(3)], { limits: { turns: 9, tokens: 200 } })).toEqual([
      'ask 3',
      'answer 3',
      'new',
    ]);
  });

  it('always sends the whole new message, even beyond the limit', () => {
    const content = '长'.repeat(5_000);
    const limits = { turns: 9, tokens: 100 };
    expect(build([turnOf(1)], { content, limits })).toEqual({
      messages: [{ role: 'user', content }],
      sent: 0,
      dropped: 1,
    });
  });

  it('keeps within the limits, is contiguous from the newest, and accounts for every turn', () => {
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
          expect(JSON.stringify(messages)).not.toContain('SECRET REASONING');
        },
      ),
    );
  });
});

describe('buildContext with images', () => {
  const image = (id: string, side = 28): ImageRef => ({ id, type: 'image/png', width: side, height: side });
  const showing = (n: number, ...images: ImageRef[]): Turn => {
    const turn = turnOf(n);
    return { ...turn, user: { ...turn.user, images } };
  };
  const seeing = { turns: 20, tokens: 10_000, images: 3 };
  const idsIn = (path: Turn[], change: Partial<ContextRequest>) =>
    build(path, change).messages.map(({ images = [] }) => images.map(({ id }) => id).join(' '));

  it('sends images with their messages, and always those of the new message', () => {
    const path = [showing(1, image('a'), image('b'))];
    expect(idsIn(path, { limits: seeing, images: [image('n')] })).toEqual(['a b', '', 'n']);
  });

  it('sends the newest if there are too many, and replaces the others by a note', () => {
    const path = [showing(1, image('a')), showing(2, image('b'), image('c')), showing(3, image('d'))];
    const { messages } = build(path, { limits: seeing, images: [image('n')] });
    expect(idsIn(path, { limits: seeing, images: [image('n')] })).toEqual(['', '', 'c', '', 'd', '', 'n']);
    expect(messages[0]?.content).toBe('ask 1\n\n[An image, not shown here.]');
    expect(messages[2]?.content).toBe('ask 2\n\n[An image, not shown here.]');
    expect(messages[4]?.content).toBe('ask 3');
  });

  it('never drops text for images', () => {
    const path = [showing(1, image('a', 2_000)), showing(2, image('b', 2_000))];
    const limits = { turns: 20, tokens: 2_500, images: 8 };
    expect(build(path, { limits })).toMatchObject({ sent: 2, dropped: 0 });
    expect(idsIn(path, { limits })).toEqual(['', '', 'b', '', '']);
  });

  it('counts the images of the new message against the budget', () => {
    const limits = { turns: 20, tokens: 1_000, images: 8 };
    expect(build([turnOf(1)], { limits, images: [image('n', 3_000)] })).toMatchObject({
      sent: 0,
      dropped: 1,
    });
  });

  it('sends only notes to a model without vision', () => {
    const path = [showing(1, image('a'), image('b'))];
    const { messages } = build(path);
    expect(messages[0]).toEqual({ role: 'user', content: 'ask 1\n\n[2 images, not shown here.]' });
  });

  it.each([
    [{ width: 1, height: 1 }, 85],
    [{ width: 560, height: 560 }, 400],
    [{ width: 8_000, height: 6_000 }, 1_600],
  ])('estimates %j as %i tokens', (size, tokens) => expect(estimateImageTokens(size)).toBe(tokens));
});

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['word', 1],
    ['a longer sentence of words', 7],
    ['你好世界', 4],
    ['こんにちは', 5],
    ['안녕하세요', 5],
    ['Привет', 3],
    ['😀', 2],
  ])('estimates %j as %i tokens', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });
});
