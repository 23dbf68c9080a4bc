import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import type { ImageRef } from '@/lib/chat/turn';
import { DAY_MS, Talk } from '../contract/talk';
import { openStore } from '../open-store';
import { type Store, UNDO_MS, UPLOAD_MS } from '../store';
import { imageKey, sessionKeys } from './keys';

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

/** Takes away what the first release did not write of a session and of an image. */
async function makeOldSession(talk: Talk): Promise<void> {
  const [key = ''] = sessionKeys(talk.ref);
  const fields = await admin.hkeys(key);
  await admin.hdel(key, ...fields.filter((name) => /^(claimed|uses|images)\b/.test(name)));
  await admin.hset(key, 'imagesEnd', 'never');
}

async function makeOldImage({ owner }: Talk, ref: ImageRef): Promise<void> {
  const key = imageKey({ owner, imageId: ref.id });
  const fields = await admin.hkeys(key);
  await admin.hdel(key, ...fields.filter((name) => /^(hold$|claim:)/.test(name)));
  await admin.hset(key, 'end', '');
  for (const name of await admin.keys(`${key}*`)) await admin.persist(name);
}

async function gone(talk: Talk, ref: ImageRef): Promise<void> {
  talk.now += UNDO_MS + DAY_MS;
  expect(await talk.image(ref)).toBeNull();
  const ends = await admin.pexpiretime(imageKey({ owner: talk.owner, imageId: ref.id }));
  expect(ends).toBeGreaterThan(0);
}

const forever = { ttlMs: null };

test('an image of the first release goes with the last of the sessions that use it', async () => {
  const talk = new Talk(store);
  const other = new Talk(store, { owner: talk.owner, now: talk.now });
  const ref = await talk.upload(randomBytes(9));
  await talk.say('a', { ...forever, images: [ref] });
  await other.say('b', { ...forever, images: [ref] });
  for (const each of [talk, other]) await makeOldSession(each);
  await makeOldImage(talk, ref);
  await store.remove(talk.ref);
  other.now += 100 * DAY_MS;
  expect(await other.image(ref)).not.toBeNull();
  await other.say('c', forever);
  await store.remove(other.ref);
  await gone(other, ref);
});

test('a session of the first release keeps the images of its other turns when one is deleted', async () => {
  const talk = new Talk(store);
  const [ref, shared, blanked] = [
    await talk.upload(randomBytes(9)),
    await talk.upload(randomBytes(9)),
    await talk.upload(randomBytes(9)),
  ];
  await talk.say('old', { ...forever, images: [blanked] });
  await talk.say('a', { ...forever, content: '"images":[{"id":"x"}]', images: [ref, shared] });
  await talk.say('b', { ...forever, images: [shared] });
  await store.removeTurn(talk.turnRef('old'));
  talk.now += UNDO_MS;
  await talk.history();
  const [key = ''] = sessionKeys(talk.ref);
  await admin.sadd(`${key}:images`, blanked.id);
  await makeOldSession(talk);
  for (const each of [ref, shared, blanked]) await makeOldImage(talk, each);
  await store.removeTurn(talk.turnRef('a'));
  talk.now += UNDO_MS - 1;
  expect(await talk.image(ref)).not.toBeNull();
  await gone(talk, ref);
  expect(await talk.image(blanked)).toBeNull();
  talk.now += 100 * DAY_MS;
  expect(await talk.image(shared)).not.toBeNull();
  await store.removeTurn(talk.turnRef('b'));
  await gone(talk, shared);
});

test('an upload that the first release kept for ever is kept as a new one from when it is read', async () => {
  const talk = new Talk(store);
  const ref = await talk.upload(randomBytes(9));
  await makeOldImage(talk, ref);
  expect(await talk.image(ref)).not.toBeNull();
  talk.now += UPLOAD_MS - 1;
  expect(await talk.image(ref)).not.toBeNull();
  talk.now += 1;
  expect(await talk.image(ref)).toBeNull();
});

test('an image of a session that was deleted by the first release comes back with it', async () => {
  const talk = new Talk(store);
  const ref = await talk.upload(randomBytes(9));
  await talk.say('a', { ...forever, images: [ref] });
  await store.remove(talk.ref);
  const [key = ''] = sessionKeys(talk.ref);
  await admin.rename(`${key}:images:aside:1`, `${key}:images`);
  const fields = await admin.hkeys(`${key}:aside:1`);
  await admin.hdel(`${key}:aside:1`, ...fields.filter((name) => /^(claimed|uses|images)\b/.test(name)));
  await admin.hset(`${key}:aside:1`, 'imagesEnd', 'never');
  await makeOldImage(talk, ref);
  await talk.say('b', forever);
  await store.restore(talk.ref);
  talk.now += 100 * DAY_MS;
  expect(await talk.image(ref)).not.toBeNull();
  await store.remove(talk.ref);
  await gone(talk, ref);
});

test('versions of the first release are read once for their hash', async () => {
  const talk = new Talk(store);
  for (const [id, content] of Object.entries({ a: 'x', b: 'y', c: 'x' }))
    await talk.say(id, { content, parentId: null });
  const { userHashes } = await talk.history();
  const [key = ''] = sessionKeys(talk.ref);
  await admin.hdel(key, 'userHash:a', 'userHash:b');
  expect((await talk.history()).userHashes).toEqual(userHashes);
  expect(await admin.hmget(key, 'userHash:a', 'userHash:b')).toEqual([userHashes.a, userHashes.b]);
});

test('the hash of a deleted turn goes with its text', async () => {
  const talk = new Talk(store);
  await talk.sayAll('a', 'b');
  await store.removeTurn(talk.turnRef('a'));
  talk.now += UNDO_MS;
  await talk.history();
  const [key = ''] = sessionKeys(talk.ref);
  expect(await admin.hmget(key, 'userHash:a', 'userHash:b')).toEqual([null, expect.any(String)]);
});
