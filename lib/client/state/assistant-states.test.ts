import { describe, expect, it } from 'vitest';
import type { Session } from '@/lib/chat/session';
import { assistantStates } from './assistant-states';

const session = (change: Partial<Session>): Session => ({
  v: 1,
  id: 's',
  assistantId: 'teacher',
  title: '',
  preview: '',
  headTurnId: 't',
  headStatus: 'done',
  activeTurnId: null,
  createdAt: 10,
  updatedAt: 20,
  pinned: false,
  expiresAt: null,
  ...change,
});

const stateOf = (
  sessions: Session[],
  seenAt: Record<string, number>,
  shown: string | null = null,
  live?: string,
) =>
  assistantStates(
    {
      sessions: Object.fromEntries(sessions.map((one) => [one.id, one])),
      shown: shown === null ? null : { sessionId: shown, activeTurnId: live ?? null },
    },
    { seenAt, outbox: [] },
  ).teacher;

describe('the state of an assistant', () => {
  it.each([
    ['a running reply', session({ activeTurnId: 't', headStatus: 'streaming' }), { s: 5 }, 'replying'],
    ['a reply that ended and was not seen', session({}), { s: 19 }, 'unread'],
    ['a reply that was seen', session({}), { s: 20 }, 'idle'],
    ['a failed reply that was not seen', session({ headStatus: 'failed' }), { s: 19 }, 'failed'],
    ['a reply whose process died', session({ headStatus: 'interrupted' }), { s: 19 }, 'failed'],
    ['a conversation that this browser never showed', session({}), {}, 'idle'],
  ] as const)('%s: %s', (_, one, seenAt, state) => {
    expect(stateOf([one], seenAt)).toBe(state);
  });

  it('is idle for the session on screen, unless it is replying', () => {
    expect(stateOf([session({})], { s: 1 }, 's')).toBe('idle');
    expect(stateOf([session({})], { s: 1 }, 's', 't')).toBe('replying');
  });

  it('is the most urgent state of its sessions', () => {
    const others = [session({ id: 'a' }), session({ id: 'b', activeTurnId: 't' }), session({ id: 'c' })];
    expect(stateOf(others, { a: 1, b: 1, c: 30 })).toBe('replying');
  });

  it('shows that a message could not be sent, except on screen', () => {
    const entry = {
      turnId: 't',
      sessionId: 's',
      assistantId: 'teacher',
      content: 'x',
      createdAt: 1,
      state: 'failed' as const,
    };
    const shown = { sessionId: 's', activeTurnId: null };
    const waiting = { ...entry, state: 'waiting' as const };
    expect(assistantStates({ sessions: {}, shown: null }, { seenAt: {}, outbox: [waiting] }).teacher).toBe(
      'waiting',
    );
    expect(assistantStates({ sessions: {}, shown: null }, { seenAt: {}, outbox: [entry] }).teacher).toBe(
      'failed',
    );
    expect(assistantStates({ sessions: {}, shown }, { seenAt: {}, outbox: [entry] }).teacher).toBeUndefined();
  });
});
