import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Store } from '../store';
import { DAY_MS, SessionClient } from './session-client';

/** Sessions of one owner, made in this order a second apart, each with one turn. */
async function several(store: Store, names: string[], assistantOf = (_: string) => 'assistant') {
  const owner = `owner-${randomUUID()}`;
  const clients: SessionClient[] = [];
  let now = Date.now();
  for (const sessionId of names) {
    now += 1_000;
    const client = new SessionClient(store, { owner, sessionId, now, assistantId: assistantOf(sessionId) });
    await client.addTurn('a');
    clients.push(client);
  }
  const at = <T extends object>(query: T) => store.sessions({ owner, limit: 50, now, ...query });
  const list = async (query: { assistantId?: string; limit?: number; before?: string } = {}) => {
    const page = await at(query);
    return { ...page, sessions: page.sessions.map(({ id }) => id) };
  };
  const clientOf = (name: string): SessionClient => {
    const client = clients.find(({ sessionId }) => sessionId === name);
    if (!client) throw new Error(`no session ${name}`);
    client.now = now;
    return client;
  };
  return { owner, now, list, clientOf, full: at };
}

export function sessionsContract(store: () => Store): void {
  describe('the list of sessions', () => {
    test('has the newest first and pinned ones on top', async () => {
      const { list, clientOf, full } = await several(store(), ['s1', 's2', 's3']);
      expect(await list()).toEqual({ sessions: ['s3', 's2', 's1'], total: 3, nextBefore: null });
      const client = clientOf('s1');
      await store().change({ ...client.ref, change: { pinned: true } });
      expect(await list()).toMatchObject({ sessions: ['s1', 's3', 's2'] });
      expect((await full({})).sessions[0]).toEqual(await client.session());
      await store().change({ ...client.ref, change: { pinned: false } });
      expect(await list()).toMatchObject({ sessions: ['s3', 's2', 's1'] });
    });

    test('moves a session to the top when a turn begins or ends', async () => {
      const { list, clientOf } = await several(store(), ['s1', 's2']);
      const client = clientOf('s1');
      client.now += 10;
      await client.mustBegin('b');
      expect(await list()).toMatchObject({ sessions: ['s1', 's2'] });
      const other = clientOf('s2');
      other.now += 20;
      await other.addTurn('b');
      expect(await list()).toMatchObject({ sessions: ['s2', 's1'] });
      client.now += 30;
      await client.finish('b');
      expect(await list()).toMatchObject({ sessions: ['s1', 's2'] });
    });

    test('pages without gaps or duplicates', async () => {
      const { list, clientOf } = await several(store(), ['s1', 's2', 's3', 's4', 's5']);
      await store().change({ ...clientOf('s2').ref, change: { pinned: true } });
      expect(await list({ limit: 2 })).toEqual({ sessions: ['s2', 's5'], total: 5, nextBefore: 's5' });
      expect(await list({ limit: 2, before: 's5' })).toEqual({
        sessions: ['s4', 's3'],
        total: 5,
        nextBefore: 's3',
      });
      expect(await list({ limit: 2, before: 's3' })).toEqual({
        sessions: ['s1'],
        total: 5,
        nextBefore: null,
      });
      expect(await list({ before: 'nobody' })).toEqual({ sessions: [], total: 5, nextBefore: null });
    });

    test('can be limited to one assistant, with its own total and pages', async () => {
      const assistantOf = (name: string) => (name < 's4' ? 'teacher' : 'programmer');
      const { list } = await several(store(), ['s1', 's4', 's2', 's5', 's3'], assistantOf);
      expect(await list({ assistantId: 'teacher', limit: 2 })).toEqual({
        sessions: ['s3', 's2'],
        total: 3,
        nextBefore: 's2',
      });
      expect(await list({ assistantId: 'teacher', limit: 2, before: 's2' })).toEqual({
        sessions: ['s1'],
        total: 3,
        nextBefore: null,
      });
      expect(await list({ assistantId: 'nobody' })).toEqual({ sessions: [], total: 0, nextBefore: null });
    });

    test('leaves out removed and expired sessions, and does not count them', async () => {
      const { owner, now, clientOf } = await several(store(), ['s1', 's2', 's3']);
      await store().remove(clientOf('s2').ref);
      await store().change({ ...clientOf('s1').ref, change: { ttlMs: DAY_MS } });
      const later = await store().sessions({ owner, limit: 50, now: now + DAY_MS });
      expect(later).toMatchObject({ sessions: [{ id: 's3' }], total: 1 });
    });

    test('keeps its order when a title changes', async () => {
      const { list, clientOf } = await several(store(), ['s1', 's2']);
      const client = clientOf('s1');
      const change = { title: 'Ünïcode \u0000 "title"' };
      expect(await store().change({ ...client.ref, change })).toMatchObject({
        kind: 'changed',
        session: change,
      });
      expect(await client.session()).toMatchObject(change);
      expect(await list()).toMatchObject({ sessions: ['s2', 's1'] });
    });

    test('is empty for an unknown owner', async () => {
      const query = { owner: randomUUID(), limit: 5, now: Date.now() };
      expect(await store().sessions(query)).toEqual({ sessions: [], total: 0, nextBefore: null });
    });
  });
}
