import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { expiryOf } from '@/e2e/support/servers/expiry-of';
import { RedisServer } from '@/e2e/support/servers/redis';
import type { ImageRef } from '@/lib/chat/turn';
import { DAY_MS, SessionClient } from '../contract/session-client';
import { openStore } from '../open-store';
import { type Store, UNDO_MS, UPLOAD_MS } from '../store';
import { RedisKeys } from './keys';

const keys = new RedisKeys();

let server: RedisServer;
let store: Store;
let admin: Redis;

beforeAll(async () => {
  server = await RedisServer.start();
  store = await openStore({ driver: 'redis', urls: [server.url] });
  admin = new Redis(server.url);
});

afterAll(async () => {
  admin?.disconnect();
  await store?.close();
  await server?.close();
});

/** Removes the session fields that the first release did not write yet. */
async function makeOldSession(client: SessionClient): Promise<void> {
  const [key = ''] = keys.session(client.ref);
  const fields = await admin.hkeys(key);
  await admin.hdel(key, ...fields.filter((name) => /^(claimed|uses|images)\b/.test(name)));
  await admin.hset(key, 'imagesEnd', 'never');
}

async function makeOldImage({ owner }: SessionClient, ref: ImageRef): Promise<void> {
  const key = keys.image({ owner, imageId: ref.id });
  const fields = await admin.hkeys(key);
  await admin.hdel(key, ...fields.filter((name) => /^(hold$|claim:)/.test(name)));
  await admin.hset(key, 'end', '');
  for (const name of await admin.keys(`${key}*`)) await admin.persist(name);
}

async function expectGoneAfterGrace(client: SessionClient, ref: ImageRef): Promise<void> {
  client.now += UNDO_MS + DAY_MS;
  expect(await client.image(ref)).toBeNull();
  const ends = await expiryOf(admin, keys.image({ owner: client.owner, imageId: ref.id }));
  expect(ends).toBeGreaterThan(0);
}

const forever = { ttlMs: null };

test('an image of the first release is deleted with the last session that uses it', async () => {
  const client = new SessionClient(store);
  const other = new SessionClient(store, { owner: client.owner, now: client.now });
  const ref = await client.upload(randomBytes(9));
  await client.addTurn('a', { ...forever, images: [ref] });
  await other.addTurn('b', { ...forever, images: [ref] });
  for (const each of [client, other]) await makeOldSession(each);
  await makeOldImage(client, ref);
  await store.remove(client.ref);
  other.now += 100 * DAY_MS;
  expect(await other.image(ref)).not.toBeNull();
  await other.addTurn('c', forever);
  await store.remove(other.ref);
  await expectGoneAfterGrace(other, ref);
});

test('a session of the first release keeps the images of its other turns when a turn is deleted', async () => {
  const client = new SessionClient(store);
  const [ref, shared, blanked] = [
    await client.upload(randomBytes(9)),
    await client.upload(randomBytes(9)),
    await client.upload(randomBytes(9)),
  ];
  await client.addTurn('old', { ...forever, images: [blanked] });
  await client.addTurn('a', { ...forever, content: '"images":[{"id":"x"}]', images: [ref, shared] });
  await client.addTurn('b', { ...forever, images: [shared] });
  await store.removeTurn(client.turnRef('old'));
  client.now += UNDO_MS;
  await client.history();
  const [key = ''] = keys.session(client.ref);
  await admin.sadd(`${key}:images`, blanked.id);
  await makeOldSession(client);
  for (const each of [ref, shared, blanked]) await makeOldImage(client, each);
  await store.removeTurn(client.turnRef('a'));
  client.now += UNDO_MS - 1;
  expect(await client.image(ref)).not.toBeNull();
  await expectGoneAfterGrace(client, ref);
  expect(await client.image(blanked)).toBeNull();
  client.now += 100 * DAY_MS;
  expect(await client.image(shared)).not.toBeNull();
  await store.removeTurn(client.turnRef('b'));
  await expectGoneAfterGrace(client, shared);
});

test('an upload of the first release is kept for 30 days from its first read', async () => {
  const client = new SessionClient(store);
  const ref = await client.upload(randomBytes(9));
  await makeOldImage(client, ref);
  expect(await client.image(ref)).not.toBeNull();
  client.now += UPLOAD_MS - 1;
  expect(await client.image(ref)).not.toBeNull();
  client.now += 1;
  expect(await client.image(ref)).toBeNull();
});

test('a session that the first release removed is restored with its images', async () => {
  const client = new SessionClient(store);
  const ref = await client.upload(randomBytes(9));
  await client.addTurn('a', { ...forever, images: [ref] });
  await store.remove(client.ref);
  const [key = ''] = keys.session(client.ref);
  await admin.rename(`${key}:images:aside:1`, `${key}:images`);
  const fields = await admin.hkeys(`${key}:aside:1`);
  await admin.hdel(`${key}:aside:1`, ...fields.filter((name) => /^(claimed|uses|images)\b/.test(name)));
  await admin.hset(`${key}:aside:1`, 'imagesEnd', 'never');
  await makeOldImage(client, ref);
  await client.addTurn('b', forever);
  await store.restore(client.ref);
  client.now += 100 * DAY_MS;
  expect(await client.image(ref)).not.toBeNull();
  await store.remove(client.ref);
  await expectGoneAfterGrace(client, ref);
});

test('missing user hashes of the first release are filled in by the next read', async () => {
  const client = new SessionClient(store);
  for (const [id, content] of Object.entries({ a: 'x', b: 'y', c: 'x' }))
    await client.addTurn(id, { content, parentId: null });
  const { userHashes } = await client.history();
  const [key = ''] = keys.session(client.ref);
  await admin.hdel(key, 'userHash:a', 'userHash:b');
  expect((await client.history()).userHashes).toEqual(userHashes);
  expect(await admin.hmget(key, 'userHash:a', 'userHash:b')).toEqual([userHashes.a, userHashes.b]);
});

test('the hash of a deleted turn is removed with its text', async () => {
  const client = new SessionClient(store);
  await client.addTurns('a', 'b');
  await store.removeTurn(client.turnRef('a'));
  client.now += UNDO_MS;
  await client.history();
  const [key = ''] = keys.session(client.ref);
  expect(await admin.hmget(key, 'userHash:a', 'userHash:b')).toEqual([null, expect.any(String)]);
});

test('records of the first release can be read while Redis is read-only', async () => {
  const client = new SessionClient(store);
  const ref = await client.upload(randomBytes(9));
  await client.addTurn('a', { ...forever, images: [ref] });
  await client.addTurn('b', { ...forever, parentId: null });
  const history = await client.history();
  await makeOldImage(client, ref);
  const [key = ''] = keys.session(client.ref);
  await admin.hdel(key, 'userHash:a');
  await admin.replicaof('127.0.0.1', '1');
  onTestFinished(async () => {
    await admin.replicaof('NO', 'ONE');
  });
  expect(await client.image(ref)).toMatchObject({ id: ref.id });
  expect(await client.history()).toEqual(history);
});
