import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { SessionClient } from '../contract/session-client';
import { IoredisCommands } from './ioredis-commands';
import { RedisKeys } from './keys';
import { type RedisCommands, RedisFailure } from './redis-commands';
import { RedisStore } from './redis-store';

let server: RedisServer;
let commands: IoredisCommands;
let store: RedisStore;

beforeAll(async () => {
  server = await RedisServer.start();
  commands = new IoredisCommands({ urls: [server.url] }, new RedisKeys());
  store = new RedisStore(commands);
});
afterAll(async () => {
  await store?.close();
  await server?.close();
});

/** Fails at the `at`th command: before Redis has it, or after, when only the answer is lost. */
function failing(at: number, when: 'before' | 'after'): { commands: RedisCommands; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    commands: {
      driver: 'redis',
      isCluster: async () => false,
      keys: commands.keys,
      usedBytes: () => commands.usedBytes(),
      describePrimaries: () => commands.describePrimaries(),
      mayHaveKey: commands.mayHaveKey.bind(commands),
      close: async () => {},
      async call(command, ...args) {
        calls += 1;
        if (calls === at && when === 'before') throw new RedisFailure(new Error('lost'));
        const answer = await commands.call(command, ...args);
        if (calls === at) throw new RedisFailure(new Error('lost'));
        return answer;
      },
    },
  };
}

async function twoOwners() {
  const [from, to] = [new SessionClient(store), new SessionClient(store)];
  const same = new SessionClient(store, { owner: from.owner, sessionId: to.sessionId, now: from.now });
  const ref = await from.upload(randomBytes(20));
  await to.addTurn('own');
  await from.addTurn('a', { images: [ref] });
  await from.addTurn('b');
  await store.clear(from.ref);
  await from.addTurn('c', { images: [ref] });
  await same.addTurn('s');
  return { from, to, ref };
}

/** What an owner sees, without the ids that differ between two runs. */
async function seenBy(owner: string, now: number, image: string) {
  const { sessions, total } = await store.sessions({ owner, limit: 50, now });
  const paths = await Promise.all(
    sessions.map(async ({ id }) => {
      const page = await store.history({ owner, sessionId: id, limit: 50, now });
      return page.turns.map(({ turn }) => turn.id).join(' ');
    }),
  );
  const keys = await commands.call('keys', `confab:{${owner}}:*`);
  const found = await store.image({ owner, imageId: image, now });
  return {
    total,
    paths: paths.sort(),
    keys: Array.isArray(keys) ? keys.length : 0,
    hasImage: found !== null,
  };
}

test('a join that failed at any command goes on when it is made again', { timeout: 120_000 }, async () => {
  const { from, to, ref } = await twoOwners();
  const whole = failing(0, 'before');
  const request = { from: from.owner, to: to.owner, now: from.now };
  await new RedisStore(whole.commands).joinOwner(request);
  const expected = await seenBy(to.owner, from.now, ref.id);
  expect(expected).toMatchObject({ total: 3, paths: ['c', 'own', 's'], hasImage: true });
  expect(whole.calls()).toBeGreaterThan(30);

  for (const when of ['before', 'after'] as const) {
    // How many commands there are differs a little: Redis decides how many fields a page of a scan has.
    let at = 0;
    let hasFailed = true;
    while (hasFailed) {
      at += 1;
      const next = await twoOwners();
      const again = { from: next.from.owner, to: next.to.owner, now: next.from.now };
      const broken = new RedisStore(failing(at, when).commands);
      hasFailed = await broken.joinOwner(again).then(
        () => false,
        () => true,
      );
      expect(await store.joinOwner(again)).toEqual({ kind: 'joined' });
      const seen = await seenBy(next.to.owner, next.from.now, next.ref.id);
      expect(seen, `${when} command ${at}`).toEqual(expected);
    }
    expect(at).toBeGreaterThan(30);
  }
});
