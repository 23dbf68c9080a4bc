import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { aTurn, done } from '../testing/builders';
import { type Conversation, newConversation } from './conversation';
import { withFailure, withLatest, withOlder, withTurn } from './conversation-changes';

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
  it('keeps older pages that it joins, and drops those that it does not', () => {
    const turns = path(6);
    const newest = shownAfter(turns.slice(4), { nextBefore: 't4', total: 6 });
    const all = withOlder(newest, answer(turns.slice(2, 4), { nextBefore: 't2', total: 6 }), 't4');
    expect(all.turnIds).toEqual(['t2', 't3', 't4', 't5']);

    const refreshed = withLatest(all, answer(turns.slice(4), { nextBefore: 't4', total: 6 }));
    expect([refreshed.turnIds, refreshed.nextBefore]).toEqual([['t2', 't3', 't4', 't5'], 't2']);

    const other = done(aTurn({ id: 'u5', parentId: 't9' }));
    const apart = withLatest(all, answer([other], { nextBefore: 'u5', total: 12 }));
    expect([apart.turnIds, apart.nextBefore]).toEqual([['u5'], 'u5']);
  });

  it('cannot call a turn active that is known to be over', () => {
    const [turn] = path(1);
    const known = withTurn(fresh, turn ?? aTurn());
    expect(withLatest(known, answer([live({ id: 't0' })], { activeTurnId: 't0' })).activeTurnId).toBeNull();
  });

  it('never makes a streaming reply shorter', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (shown, told) => {
        const turn = (content: string) => aTurn({ id: 't0', reply: { content } });
        const known = withTurn(fresh, turn(shown));
        const next = withLatest(known, answer([turn(told)], { activeTurnId: 't0' }));
        expect(next.turns.t0?.reply.content.length).toBe(Math.max(shown.length, told.length));
      }),
    );
  });
});

describe('an older page', () => {
  it('that was asked for from another place is late, and dropped', () => {
    const known = shownAfter(path(2), { nextBefore: 't0' });
    expect(withOlder(known, answer(path(1)), 't7')).toBe(known);
  });
});

describe('a turn of the stream', () => {
  it('is the new end of the path, and active while it is live', () => {
    const known = withTurn(shownAfter(path(2)), live({ id: 't2', parentId: 't1' }));
    expect([known.turnIds, known.activeTurnId, known.total]).toEqual([['t0', 't1', 't2'], 't2', 3]);
    const over = withTurn(known, done(live({ id: 't2', parentId: 't1' })));
    expect(over.activeTurnId).toBeNull();
  });

  it('beside another one takes its place, as a version of it', () => {
    const known = withTurn(shownAfter(path(3)), live({ id: 'again', parentId: 't0' }));
    expect(known.turnIds).toEqual(['t0', 'again']);
    expect(known.versions.again).toEqual(['t1', 'again']);
    expect([known.total, Object.keys(known.turns)]).toEqual([2, ['t0', 'again']]);
  });

  it('beside another one is another wording where it says something else, as is known after an edit', () => {
    const [root] = path(1);
    const known = shownAfter(root ? [root] : []);
    const again = withTurn(known, live({ id: 'again', parentId: null }));
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

  it('without a parent is a new root', () => {
    expect(withTurn(shownAfter(path(3)), live({ id: 'root', parentId: null })).turnIds).toEqual(['root']);
  });

  it('changes nothing when it says what is known', () => {
    const known = withTurn(fresh, live({ id: 't0' }));
    expect(withTurn(known, live({ id: 't0' }))).toBe(known);
  });

  it('makes answers late that were asked for before it', () => {
    expect(withTurn(fresh, live({ id: 't0' })).revision).toBeGreaterThan(fresh.revision);
  });

  it('leaves every turn of the path known, whatever comes in whatever order', () => {
    const step = fc.record({ id: fc.nat(6), parent: fc.option(fc.nat(6)), over: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const end = steps.reduce<Conversation>((known, { id, parent, over }) => {
          const turn = aTurn({ id: `t${id}`, parentId: parent === null ? null : `t${parent}` });
          return withTurn(known, over ? done(turn) : turn);
        }, fresh);
        expect(new Set(end.turnIds).size).toBe(end.turnIds.length);
        expect(Object.keys(end.turns).sort()).toEqual([...end.turnIds].sort());
        const active = end.activeTurnId;
        if (active !== null) expect(end.turns[active]?.status).toBe('streaming');
      }),
    );
  });
});

describe('a read that failed', () => {
  it('is shown in place of the conversation only when nothing is known', () => {
    expect(withFailure(fresh, { code: 'network' }).phase).toBe('failed');
    const known = withFailure(shownAfter(path(1)), { code: 'store_unavailable' });
    expect([known.phase, known.error?.code, known.turnIds]).toEqual(['ready', 'store_unavailable', ['t0']]);
  });
});
