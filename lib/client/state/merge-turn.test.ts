import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive, type Turn, type TurnStatus } from '@/lib/chat/turn';
import { aTurn } from '../testing/builders';
import { mergeTurn } from './merge-turn';

const anyTurn = fc
  .record({
    status: fc.constantFrom<TurnStatus>('streaming', 'done', 'stopped', 'failed', 'interrupted'),
    content: fc.string({ maxLength: 5 }),
    reasoning: fc.string({ maxLength: 5 }),
    updatedAt: fc.nat(5),
  })
  .map(({ status, content, reasoning, updatedAt }) =>
    aTurn({ status, updatedAt, reply: { content, reasoning } }),
  );

const lengthOf = ({ reply }: Turn) => reply.content.length + reply.reasoning.length;

describe('of two tellings of one turn', () => {
  it('a finished one is never live again', () => {
    fc.assert(
      fc.property(fc.array(anyTurn, { minLength: 1 }), (told) => {
        const shown = told.reduce<Turn | undefined>(mergeTurn, undefined);
        expect(shown && isLive(shown)).toBe(told.every(isLive));
      }),
    );
  });

  it('a live one never gets shorter', () => {
    fc.assert(
      fc.property(fc.array(anyTurn.filter(isLive), { minLength: 1 }), (told) => {
        const shown = told.reduce<Turn | undefined>(mergeTurn, undefined);
        expect(shown && lengthOf(shown)).toBe(Math.max(...told.map(lengthOf)));
      }),
    );
  });

  it('the one shown stays the same object when nothing is new, so that nothing renders again', () => {
    fc.assert(
      fc.property(anyTurn, (turn) => {
        expect(mergeTurn(turn, structuredClone(turn))).toBe(turn);
      }),
    );
  });

  it('the end wins over a live one that shows more: exactly the kept text is shown', () => {
    const live = aTurn({ reply: { content: 'all that arrived' } });
    const stopped = aTurn({ status: 'stopped', reply: { content: 'all that' } });
    expect(mergeTurn(live, stopped)).toBe(stopped);
  });
});
