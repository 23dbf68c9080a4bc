import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive, type Turn, type TurnStatus } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { aTurn, done } from '../testing/builders';
import { type Conversation, newConversation } from './conversation';
import { mergeTurn, withFailure, withLatest, withOlder, withTurn } from './conversation-changes';

/** A path t0 … t(n-1), all done. */
const path = (length: number): Turn[] =>
  Array.from({ length }, (_, depth) =>
    done(aTurn({ id: `t${depth}`, parentId: depth === 0 ? null : `t${depth - 1}`, depth })),
  );

const answer = (turns: Turn[], change: Partial<HistoryAnswer> = {}): HistoryAnswer => ({
  sessionId: 's',
  assistantId: 'teacher',
  title: 'Why',
  total: turns.length,
  turns,
  versions: {},
  activeTurnId: null,
  nextBefore: null,
  ...change,
});

const fresh = newConversation('s', 'teacher', 'loading');
const shownAfter = (turns: Turn[], change: Partial<HistoryAnswer> = {}) =>
  withLatest(fresh, answer(turns, change));
const live = (turn: Partial<Turn> & { reply?: Turn['reply'] }) => aTurn(turn);

describe('the newest page', () => {
  it('keeps older pages that it joins, and drops others', () => {
    const turns = path(6);
    const newest = shownAfter(turns.slice(4), { nextBefore: 't4', total: 6 });
    const all = withOlder(newest, answer(turns.slice(2, 4), { nextBefore: 't2', total: 6 }), 't4');
    expect(all.turnIds).toEqual(['t2', 't3', 't4', 't5']);

    const refreshed = withLatest(all, answer(turns.slice(4), { nextBefore: 't4', total: 6 }));
    expect([refreshed.turnIds, refreshed.nextBefore]).toEqual([['t2', 't3', 't4', 't5'], 't2']);

    const other = done(aTurn({ id: 'u5', parentId: 't9' }));
    const detached = withLatest(all, answer([other], { nextBefore: 'u5', total: 12 }));
    expect([detached.turnIds, detached.nextBefore]).toEqual([['u5'], 'u5']);
  });

  it('cannot make a terminal turn active again', () => {
    const [turn] = path(1);
    const shown = withTurn(fresh, turn ?? aTurn());
    expect(withLatest(shown, answer([live({ id: 't0' })], { activeTurnId: 't0' })).activeTurnId).toBeNull();
  });

  it('never makes a streaming reply shorter', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, received) => {
        const turn = (content: string) => aTurn({ id: 't0', reply: { content } });
        const shown = withTurn(fresh, turn(before));
        const next = withLatest(shown, answer([turn(received)], { activeTurnId: 't0' }));
        expect(next.turns.t0?.reply.content.length).toBe(Math.max(before.length, received.length));
      }),
    );
  });
});

describe('an older page', () => {
  it('is ignored if another page is missing by now', () => {
    const shown = shownAfter(path(2), { nextBefore: 't0' });
    expect(withOlder(shown, answer(path(1)), 't7')).toBe(shown);
  });
});

describe('a turn of a stream', () => {
  it('is added to the end of the path, and is active while it is live', () => {
    const shown = withTurn(shownAfter(path(2)), live({ id: 't2', parentId: 't1' }));
    expect([shown.turnIds, shown.activeTurnId, shown.total]).toEqual([['t0', 't1', 't2'], 't2', 3]);
    const over = withTurn(shown, done(live({ id: 't2', parentId: 't1' })));
    expect(over.activeTurnId).toBeNull();
  });

  it('replaces a turn with the same parent, as a version of it', () => {
    const shown = withTurn(shownAfter(path(3)), live({ id: 'again', parentId: 't0' }));
    expect(shown.turnIds).toEqual(['t0', 'again']);
    expect(shown.versions.again).toEqual(['t1', 'again']);
    expect([shown.total, Object.keys(shown.turns)]).toEqual([2, ['t0', 'again']]);
  });

  it('is an edit of the turn it replaces if its user message differs', () => {
    const [root] = path(1);
    const shown = shownAfter(root ? [root] : []);
    const again = withTurn(shown, live({ id: 'again', parentId: null }));
    expect(again.wordings).toEqual({});
    const edited = withTurn(
      again,
      live({ id: 'edited', parentId: null, user: { content: 'Why not?', images: [] } }),
    );
    expect(edited.wordings.edited).toEqual([['t0', 'again'], ['edited']]);
    const twice = withTurn(
      edited,
      live({ id: 'twice', parentId: null, user: { content: 'Why not?', images: [] } }),
    );
    expect(twice.wordings.twice).toEqual([
      ['t0', 'again'],
      ['edited', 'twice'],
    ]);
  });

  it('starts a new path if it has no parent', () => {
    expect(withTurn(shownAfter(path(3)), live({ id: 'root', parentId: null })).turnIds).toEqual(['root']);
  });

  it('changes nothing if it is shown already', () => {
    const shown = withTurn(fresh, live({ id: 't0' }));
    expect(withTurn(shown, live({ id: 't0' }))).toBe(shown);
  });

  it('makes history answers requested before it out of date', () => {
    expect(withTurn(fresh, live({ id: 't0' })).revision).toBeGreaterThan(fresh.revision);
  });

  it('keeps every turn of the path loaded, whatever turns arrive in whatever order', () => {
    const step = fc.record({ id: fc.nat(6), parent: fc.option(fc.nat(6)), over: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const end = steps.reduce<Conversation>((conversation, { id, parent, over }) => {
          const turn = aTurn({ id: `t${id}`, parentId: parent === null ? null : `t${parent}` });
          return withTurn(conversation, over ? done(turn) : turn);
        }, fresh);
        expect(new Set(end.turnIds).size).toBe(end.turnIds.length);
        expect(Object.keys(end.turns).sort()).toEqual([...end.turnIds].sort());
        const active = end.activeTurnId;
        if (active !== null) expect(end.turns[active]?.status).toBe('streaming');
      }),
    );
  });
});

describe('a failed read', () => {
  it('replaces the conversation only if nothing is loaded', () => {
    expect(withFailure(fresh, { code: 'network' }).phase).toBe('failed');
    const failed = withFailure(shownAfter(path(1)), { code: 'store_unavailable' });
    expect([failed.phase, failed.error?.code, failed.turnIds]).toEqual([
      'ready',
      'store_unavailable',
      ['t0'],
    ]);
  });
});

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

describe('merging two states of one turn', () => {
  it('never makes a terminal turn live again', () => {
    fc.assert(
      fc.property(fc.array(anyTurn, { minLength: 1 }), (received) => {
        const shown = received.reduce<Turn | undefined>(mergeTurn, undefined);
        expect(shown && isLive(shown)).toBe(received.every(isLive));
      }),
    );
  });

  it('never makes a live turn shorter', () => {
    fc.assert(
      fc.property(fc.array(anyTurn.filter(isLive), { minLength: 1 }), (received) => {
        const shown = received.reduce<Turn | undefined>(mergeTurn, undefined);
        expect(shown && lengthOf(shown)).toBe(Math.max(...received.map(lengthOf)));
      }),
    );
  });

  it('returns the same object if nothing is new, so that nothing renders again', () => {
    fc.assert(
      fc.property(anyTurn, (turn) => {
        expect(mergeTurn(turn, structuredClone(turn))).toBe(turn);
      }),
    );
  });

  it('prefers a terminal turn to a live one with more text, so that exactly the stored text is shown', () => {
    const live = aTurn({ reply: { content: 'all that arrived' } });
    const stopped = aTurn({ status: 'stopped', reply: { content: 'all that' } });
    expect(mergeTurn(live, stopped)).toBe(stopped);
  });
});
