import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import type { StoreWarning } from '@/lib/chat/store-warnings';
import { openStore } from '../open-store';
import type { Store } from '../store';
import { warningsOf } from './store-warnings';

describe('what INFO says', () => {
  const KEPT = ['maxmemory:0', 'maxmemory_policy:noeviction', 'aof_enabled:1', 'redis_version:7.0.0'];
  const MODERN = 'redis_version:7.2.4';

  it.each<[string, string[], string | null, StoreWarning[]]>([
    ['keeps everything', KEPT, '', []],
    ['is a Valkey', ['server_name:valkey', MODERN, 'valkey_version:8.1.0'], '3600 1', []],
    ['is a Redis 8', ['redis_version:8.0.0'], null, []],
    ['is a Redis 10', ['redis_version:10.0.0'], null, []],
    ['is a Redis 6.0', ['redis_version:6.0.16'], null, []],
    ['is a KeyDB', ['redis_version:6.3.4'], null, []],
    ['is a Redis 5', ['redis_version:5.0.14'], null, ['too_old']],
    ['has a version of another form', ['redis_version:unstable'], null, []],
    ['is full at some size, and evicts', ['maxmemory:1', 'maxmemory_policy:allkeys-lru'], null, ['evicts']],
    [
      'evicts only what expires, as we do',
      ['maxmemory:9', 'maxmemory_policy:volatile-ttl'],
      null,
      ['evicts'],
    ],
    ['is full at some size, and refuses', ['maxmemory:1', 'maxmemory_policy:noeviction'], null, []],
    ['has a policy and no size', ['maxmemory:0', 'maxmemory_policy:allkeys-lru'], null, []],
    ['has a policy, and hides its size', ['maxmemory_policy:allkeys-lru'], null, ['evicts']],
    ['hides its policy', ['maxmemory:1'], null, []],
    ['has a field with a similar name', ['xmaxmemory_policy:allkeys-lru'], null, []],
    ['appends to a file', ['aof_enabled:1'], '', []],
    ['saves now and then', ['aof_enabled:0'], '3600 1 300 100', []],
    ['does not append, and hides whether it saves', ['aof_enabled:0'], null, []],
    ['never saves, and hides whether it appends', [], '', []],
    ['keeps nothing', ['aof_enabled:0'], '', ['not_persisted']],
    [
      'does everything wrong',
      ['redis_version:5.0.7', 'maxmemory:1', 'maxmemory_policy:allkeys-random', 'aof_enabled:0'],
      '',
      ['evicts', 'not_persisted', 'too_old'],
    ],
  ])('of a server that %s', (_, lines, save, expected) => {
    for (const end of ['\r\n', '\n']) expect(warningsOf({ info: lines.join(end), save })).toEqual(expected);
  });

  it('of a server that says nothing', () => {
    expect(warningsOf({ info: null, save: null })).toEqual([]);
    expect(warningsOf({ info: '', save: '' })).toEqual([]);
  });
});

describe('a real Redis', () => {
  let server: RedisServer;
  let admin: Redis;
  let store: Store;

  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.url);
    store = await openStore({ driver: 'redis', urls: [server.url] });
  });
  afterAll(async () => {
    admin?.disconnect();
    await store?.close();
    await server?.close();
  });
  beforeEach(async () => {
    for (const [name, value] of Object.entries({
      maxmemory: '0',
      'maxmemory-policy': 'noeviction',
      save: '',
    }))
      await admin.config('SET', name, value);
    await admin.config('SET', 'appendonly', 'no');
  });

  it.each<[string, Record<string, string>, StoreWarning[]]>([
    ['nothing is kept on disk', {}, ['not_persisted']],
    ['everything is appended', { appendonly: 'yes' }, []],
    ['it is saved now and then', { save: '3600 1' }, []],
    ['it evicts', { save: '3600 1', maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' }, ['evicts']],
    ['it may evict, without a size', { save: '3600 1', 'maxmemory-policy': 'volatile-lru' }, []],
    ['both', { maxmemory: '100mb', 'maxmemory-policy': 'volatile-lru' }, ['evicts', 'not_persisted']],
  ])('where %s', async (_, settings, expected) => {
    for (const [name, value] of Object.entries(settings)) await admin.config('SET', name, value);
    expect(await store.warnings()).toEqual(expected);
  });

  it.each<[string, string[], StoreWarning[]]>([
    ['neither INFO nor CONFIG', ['-info', '-config'], []],
    ['no CONFIG', ['-config'], ['evicts']],
    ['no INFO', ['-info'], []],
    ['nothing dangerous', ['-@dangerous', '+keys'], []],
  ])('whose user may call %s', async (name, rules, expected) => {
    await admin.config('SET', 'maxmemory', '100mb');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const user = name.replaceAll(' ', '-');
    await admin.call('ACL', 'SETUSER', user, 'on', '>secret', '~*', '+@all', ...rules);
    const own = await openStore({ driver: 'redis', urls: [server.url.replace('//', `//${user}:secret@`)] });
    expect(await own.warnings()).toEqual(expected);
    await own.check();
    await own.close();
  });

  it('fails its check for a user who may run no scripts', async () => {
    await admin.call('ACL', 'SETUSER', 'plain', 'on', '>secret', '~*', '+@all', '-@scripting');
    const own = await openStore({ driver: 'redis', urls: [server.url.replace('//', '//plain:secret@')] });
    await expect(own.check()).rejects.toMatchObject({ code: 'store_unavailable', reason: 'auth' });
    await own.close();
  });
});
