import { describe, expect, it } from 'vitest';
import type { Session } from '@/lib/chat/session';
import { startTurn, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { namedQuestion, namedText } from '../../support/fake-openai/named-reply';
import type { ChaosLog, FinalSession, Observation } from './chaos-log';
import { checkHistory } from './check-history';

/** A correct run, and variations that each break one promise by hand. */
const question = (name: string) => namedQuestion({ name, reasoningEvents: 1, contentEvents: 3, pace: 10 });

function turn(id: string, parentId: string | null, depth: number, change: Partial<Turn> = {}): Turn {
  const content = question(`c0.${id}`);
  const started = startTurn({ id, assistantId: 'teacher', content, model: 'openai:fake', now: 1000 + depth });
  const full = namedText({ name: `c0.${id}`, reasoningEvents: 1, contentEvents: 3, pace: 10 });
  return { ...started, parentId, depth, reply: { ...started.reply, ...full }, status: 'done', ...change };
}

const half = (of: Turn): Turn => ({
  ...of,
  reply: { ...of.reply, content: of.reply.content.slice(0, 6) },
  status: 'streaming',
});

const place = { client: 'c0', sessionId: 's' };
const see = (change: Partial<Observation>, from = 10): Observation =>
  ({ ...place, via: 'A', from, to: from + 1, ...change }) as Observation;

const listed: Session = {
  ...{
    v: 1,
    id: 's',
    assistantId: 'teacher',
    title: 't',
    preview: 'p',
    headTurnId: 't2',
    headStatus: 'done',
  },
  ...{ activeTurnId: null, createdAt: 0, updatedAt: 0, pinned: false, expiresAt: null },
};

const historyOf = (turns: Turn[], change: Partial<HistoryAnswer> = {}): HistoryAnswer => ({
  ...{ sessionId: 's', assistantId: 'teacher', title: 't', total: turns.length, turns, versions: {} },
  ...{ activeTurnId: null, nextBefore: null },
  ...change,
});

interface Run {
  log: ChaosLog;
  t1: Turn;
  t2: Turn;
  final: FinalSession;
}

/** Two turns, both sent to server A and read there. */
function goodRun(): Run {
  const t1 = turn('t1', null, 0);
  const t2 = turn('t2', 't1', 1);
  const final = { ...place, listed: { ...listed }, turns: [t1, t2] };
  const sent = [t1, t2].map(({ id, user }) => ({
    ...{
      ...place,
      turnId: id,
      assistantId: 'teacher',
      content: user.content,
      sentTo: new Set(['A' as const]),
    },
  }));
  const ask = (...of: Turn[]) =>
    of.flatMap(({ user, reply }) => [
      { role: 'user', content: user.content },
      { role: 'assistant', content: reply.content },
    ]);
  const log: ChaosLog = {
    created: [{ ...place, assistantId: 'teacher' }],
    sent,
    observations: [
      see({ kind: 'acknowledged', turnId: 't1' }),
      see({ kind: 'turn', turn: t1, isFinal: true }, 20),
      see({ kind: 'acknowledged', turnId: 't2' }, 30),
      see(
        { kind: 'history', history: historyOf([t1, half(t2)], { activeTurnId: 't2' }), mustShow: 't2' },
        40,
      ),
      see({ kind: 'list', sessions: [listed] }, 50),
    ],
    final: [final],
    modelRequests: [
      { system: 'Teach.', messages: ask(t1).slice(0, 1) },
      { system: 'Teach.', messages: ask(t1, t2).slice(0, 3) },
    ],
    prompts: { teacher: 'Teach.', programmer: 'Program.' },
  };
  return { log, t1, t2, final };
}

const BROKEN_RUNS: [string, string, (run: Run) => unknown][] = [
  ['an acknowledged turn is missing', 'lost', ({ final, t1 }) => Object.assign(final, { turns: [t1] })],
  [
    'a turn that was only read is missing',
    'lost',
    ({ log, final, t1 }) => {
      log.observations.splice(2, 1);
      Object.assign(final, { turns: [t1] });
    },
  ],
  ['the conversation is not in the list', 'lost', ({ final }) => Object.assign(final, { listed: null })],
  ['a turn is stored twice', 'duplicate', ({ final, t2 }) => final.turns.push(t2)],
  [
    'the model was called twice',
    'duplicate',
    ({ log }) => log.modelRequests.push(...log.modelRequests.slice(1)),
  ],
  [
    "another guest's turn under the same ids",
    'misplaced',
    ({ t2 }) => Object.assign(t2, { user: { content: question('c1.t2'), images: [] } }),
  ],
  [
    'a turn in the wrong session',
    'misplaced',
    ({ log, final, t1 }) => log.final.push({ ...final, sessionId: 'other', turns: [t1] }),
  ],
  ['a turn of another assistant', 'misplaced', ({ t2 }) => Object.assign(t2, { assistantId: 'programmer' })],
  [
    'a session of another assistant',
    'misplaced',
    ({ final }) => Object.assign(final, { listed: { ...listed, assistantId: 'programmer' } }),
  ],
  [
    'a session of another assistant in the list',
    'misplaced',
    ({ log }) =>
      log.observations.push(see({ kind: 'list', sessions: [{ ...listed, assistantId: 'programmer' }] }, 60)),
  ],
  [
    "another guest's session in the list",
    'misplaced',
    ({ log }) => log.observations.push(see({ kind: 'list', sessions: [{ ...listed, id: 'theirs' }] }, 60)),
  ],
  ['the parent is missing', 'orphan', ({ t2 }) => Object.assign(t2, { parentId: 't9' })],
  ['a child above its parent', 'orphan', ({ t2 }) => Object.assign(t2, { depth: 0 })],
  ['a child long before its parent', 'orphan', ({ t2 }) => Object.assign(t2, { createdAt: -10_000 })],
  [
    'a parent other than the one requested',
    'orphan',
    ({ log }) => Object.assign(log.sent[1] ?? {}, { parentId: null }),
  ],
  [
    'a finished reply without its last words',
    'text',
    ({ t2 }) => Object.assign(t2.reply, { content: 'c0.t2!1 ' }),
  ],
  [
    'a word of another reply',
    'text',
    ({ t2 }) => Object.assign(t2, { status: 'stopped', reply: { ...t2.reply, content: 'c1.t2!1 ' } }),
  ],
  [
    'less is stored than was read from the store',
    'text',
    ({ log, t2, final }) => {
      Object.assign(log.observations[3] ?? {}, { via: 'B' });
      final.listed = { ...listed, headStatus: 'interrupted' };
      Object.assign(t2, { status: 'interrupted', reply: { ...t2.reply, content: 'c0.' } });
    },
  ],
  [
    'an ended turn changed',
    'rewritten',
    ({ log, t1 }) =>
      log.observations.splice(1, 1, see({ kind: 'turn', turn: { ...t1, updatedAt: 1 }, isFinal: true })),
  ],
  [
    'an ended turn was later read as live',
    'rewritten',
    ({ log, t2 }) => log.observations.push(see({ kind: 'turn', turn: t2, isFinal: true }, 2)),
  ],
  [
    'a turn moved in the tree',
    'rewritten',
    ({ log, t1, t2 }) =>
      log.observations.splice(
        3,
        1,
        see({
          kind: 'history',
          history: historyOf([t1, { ...half(t2), parentId: null }], { activeTurnId: 't2' }),
        }),
      ),
  ],
  [
    'a history with a gap',
    'path',
    ({ log, t2 }) => log.observations.push(see({ kind: 'history', history: historyOf([t2]) }, 60)),
  ],
  [
    'a history with a wrong total',
    'path',
    ({ log, t1, t2 }) =>
      log.observations.push(see({ kind: 'history', history: historyOf([t1, t2], { total: 5 }) }, 60)),
  ],
  [
    'a live turn that is not on the path',
    'path',
    ({ log, t1, t2 }) =>
      log.observations.push(
        see({ kind: 'history', history: historyOf([t1, t2], { activeTurnId: 't3' }) }, 60),
      ),
  ],
  [
    'a head that is not a turn',
    'path',
    ({ final }) => Object.assign(final, { listed: { ...listed, headTurnId: 't9' } }),
  ],
  [
    'a head with another status',
    'path',
    ({ final }) => Object.assign(final, { listed: { ...listed, headStatus: 'streaming' } }),
  ],
  [
    'a sent message that its sender does not find',
    'unseen',
    ({ log, t1 }) =>
      log.observations.push(see({ kind: 'history', history: historyOf([t1]), mustShow: 't2' }, 60)),
  ],
  ['a turn that never ended', 'stuck', ({ t2 }) => Object.assign(t2, { status: 'streaming' })],
  [
    'a session that stays locked by a live turn',
    'stuck',
    ({ final }) => Object.assign(final, { listed: { ...listed, activeTurnId: 't2' } }),
  ],
  [
    "another conversation's turn in the context",
    'context',
    ({ log }) => {
      Object.assign(log.sent[0] ?? {}, { sessionId: 'other' });
    },
  ],
  [
    "another assistant's prompt",
    'context',
    ({ log }) => Object.assign(log.modelRequests[1] ?? {}, { system: 'Program.' }),
  ],
  [
    "another turn's reply in the context",
    'context',
    ({ log }) => Object.assign(log.modelRequests[1]?.messages[1] ?? {}, { content: 'c0.t2!1 ' }),
  ],
  [
    'another guest was shown something',
    'leak',
    ({ log }) => log.observations.push(see({ kind: 'foreign', what: 's', got: '{}' })),
  ],
  [
    'a refusal that the API contract does not allow',
    'contract',
    ({ log }) =>
      log.observations.push(
        see({ kind: 'refused', act: 'send', code: 'internal', allowed: ['store_unavailable'] }),
      ),
  ],
  [
    'a stream that breaks the API contract',
    'contract',
    ({ log }) => log.observations.push(see({ kind: 'broken', what: 'no turn' })),
  ],
  [
    'an end event with a live turn',
    'contract',
    ({ log, t2 }) => log.observations.push(see({ kind: 'turn', turn: half(t2), isFinal: true }, 35)),
  ],
];

describe('the history checker', () => {
  it('finds no violation in a correct run', () => {
    expect(checkHistory(goodRun().log)).toEqual([]);
  });

  it('allows a killed producer to have sent more than it saved', () => {
    const { log, t2, final } = goodRun();
    final.listed = { ...listed, headStatus: 'interrupted' };
    Object.assign(t2, { status: 'interrupted', reply: { ...t2.reply, content: 'c0.' } });
    expect(checkHistory(log)).toEqual([]);
  });

  it.each(BROKEN_RUNS)('finds %s (%s)', (_, rule, breakIt) => {
    const run = goodRun();
    breakIt(run);
    expect(checkHistory(run.log).map((violation) => violation.rule)).toContain(rule);
  });
});
