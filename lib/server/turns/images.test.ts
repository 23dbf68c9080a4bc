import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FakeOpenAI, startFakeOpenAI } from '@/e2e/support/fake-openai/fake-openai';
import { ChatError } from '@/lib/chat/chat-error';
import { CONTEXT_IMAGES, IMAGES_PER_TURN } from '@/lib/chat/image-limits';
import { parseSend } from '@/lib/server/http/request-schemas';
import { storeUpload } from '@/lib/server/images/store-upload';
import { aNewPng } from '@/lib/server/images/testing/sample-images';
import type { Services } from '@/lib/server/services';
import type { Store } from '@/lib/server/store/store';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { beginTurn } from './begin-turn';

let fake: FakeOpenAI;
let services: Services;
let turns = 0;

beforeAll(async () => {
  fake = await startFakeOpenAI();
});
afterAll(() => fake.close());

beforeEach(async () => {
  fake.reset();
  services = await openTestServices({
    OPENAI_BASE_URL: fake.baseUrl,
    OPENAI_MODELS: 'fake-vision,fake-plain',
  });
});

const upload = async (owner = 'me') => (await storeUpload(services, owner, aNewPng())).id;
const uploads = (count: number) => Promise.all(Array.from({ length: count }, () => upload()));

/** A progressive picture of one colour, whose blocks take a while to read. */
function aSlowJpeg(): Buffer {
  const segment = (marker: number, body: number[]) =>
    Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body]);
  const oneCode = [0, 1, ...Array<number>(16).fill(0)];
  // 875 by 875 blocks, with a bit each.
  const scan = [segment(0xda, [1, 1, 0, 0, 0, 0]), Buffer.alloc(Math.ceil(875 ** 2 / 8))];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xc2, [8, 7_000 >> 8, 7_000 & 0xff, 7_000 >> 8, 7_000 & 0xff, 1, 1, 0x11, 0]),
    segment(0xc4, oneCode),
    ...scan,
    ...scan,
    Buffer.from([0xff, 0xd9]),
  ]);
}

it('lets other requests through during many uploads', async () => {
  let ticks = 0;
  let isDone = false;
  const tick = () => {
    ticks += 1;
    if (!isDone) setImmediate(tick);
  };
  const uploads = Promise.all(Array.from({ length: 10 }, () => storeUpload(services, 'me', aSlowJpeg())));
  setImmediate(tick);
  await uploads;
  isDone = true;
  expect(ticks).toBeGreaterThan(15);
});

it('an upload whose pixels cannot be read is refused, and not stored', async () => {
  const png = aNewPng({ width: 20, height: 20, noise: true });
  // Inside the compressed pixels.
  png.fill(0xa5, png.length - 400, png.length - 100);
  await expect(storeUpload(services, 'me', png)).rejects.toMatchObject({ code: 'unsupported_image' });
});

async function send(content: string, change: object = {}) {
  turns += 1;
  const body = { sessionId: 's', assistantId: 'teacher', turnId: `t${turns}`, content, ...change };
  const { run } = await beginTurn(services, 'me', parseSend(body), 'en');
  if (!run) throw new Error('the turn was not begun here');
  return run.ended;
}

/** The user messages of the last call to the model: how many images each has, and its text. */
function lastCall(): { images: number; text: string }[] {
  const messages = fake.requests.at(-1)?.messages ?? [];
  return messages
    .filter(({ role }) => role === 'user')
    .map(({ content }) => {
      if (!Array.isArray(content)) return { images: 0, text: String(content) };
      const parts = content as { type: string; text?: string }[];
      return {
        images: parts.filter(({ type }) => type === 'image_url').length,
        text: parts.map(({ text = '' }) => text).join(''),
      };
    });
}

const replaced = (store: Store, image: Store['image']): Store =>
  new Proxy(store, {
    get: (target, name) => {
      const member: unknown = name === 'image' ? image : Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

describe('a message with images', () => {
  it('stores the images’ ids and sizes, never their bytes, and shows them to the model', async () => {
    const { id, bytes: _, ...rest } = await storeUpload(services, 'me', aNewPng({ width: 40, height: 30 }));
    const turn = await send('look', { images: [id] });
    expect(turn).toMatchObject({ status: 'done', context: { images: 1 } });
    expect(turn.user.images).toEqual([{ id, ...rest }]);
    expect(rest).toEqual({ type: 'image/png', width: 40, height: 30 });
    expect(JSON.stringify(turn).length).toBeLessThan(1_500);
    expect(lastCall()).toEqual([{ images: 1, text: 'look' }]);
  });

  it('may be images alone', async () => {
    expect(await send(' ', { images: await uploads(2) })).toMatchObject({
      status: 'done',
      context: { images: 2 },
    });
    expect(lastCall()).toEqual([{ images: 2, text: '' }]);
  });

  it('is sent with the images of earlier turns, newest first, up to a limit', async () => {
    await send('first', { images: await uploads(5) });
    await send('second', { images: await uploads(2) });
    const turn = await send('third', { images: await uploads(2) });
    expect(turn.context).toMatchObject({ sent: 2, images: CONTEXT_IMAGES });
    expect(lastCall()).toEqual([
      { images: CONTEXT_IMAGES - 4, text: 'first\n\n[An image, not shown here.]' },
      { images: 2, text: 'second' },
      { images: 2, text: 'third' },
    ]);
  });

  it('is replaced by a note when a model without vision continues', async () => {
    await send('look', { images: [await upload()] });
    const turn = await send('go on', { model: 'openai:fake-plain' });
    expect(turn.context).toEqual({ sent: 1, dropped: 0, images: 0 });
    expect(lastCall()[0]).toEqual({ images: 0, text: 'look\n\n[An image, not shown here.]' });
  });

  it('is sent without an image that is damaged', async () => {
    await send('look', { images: [await upload()] });
    services.store = replaced(services.store, async () => {
      throw new ChatError('store_unavailable', { reason: 'corrupt_record' });
    });
    expect(await send('go on')).toMatchObject({ status: 'done', context: { images: 0 } });
    expect(lastCall()[0]?.text).toContain('[An image, not shown here.]');
  });

  it('reports the store’s failure when the store is unreachable before the model is asked', async () => {
    await send('look', { images: [await upload()] });
    services.store = replaced(services.store, async () => {
      throw new ChatError('store_unavailable', { reason: 'unreachable' });
    });
    expect(await send('go on')).toMatchObject({
      status: 'failed',
      error: { code: 'store_unavailable', reason: 'unreachable' },
    });
  });

  it('is the same message when sent again, and another one with other images', async () => {
    const [one = '', two = ''] = await uploads(2);
    await send('look', { turnId: 'same', images: [one] });
    const again = (images: string[]) =>
      beginTurn(
        services,
        'me',
        parseSend({ sessionId: 's', assistantId: 'teacher', turnId: 'same', content: 'look', images }),
        'en',
      );
    expect(await again([one])).toMatchObject({ run: null });
    await expect(again([two])).rejects.toMatchObject({ code: 'turn_mismatch' });
    await expect(again([])).rejects.toMatchObject({ code: 'turn_mismatch' });
  });

  it('is refused before anything is stored', async () => {
    const mine = await upload();
    const refusals = [
      [['unknown'], { code: 'bad_request', reason: 'image_unknown' }],
      [[await upload('you')], { code: 'bad_request', reason: 'image_unknown' }],
      [[mine, 'a/b'], { code: 'bad_request' }],
      [Array.from({ length: IMAGES_PER_TURN + 1 }, (_, n) => `i${n}`), { code: 'bad_request' }],
    ] as const;
    for (const [images, refusal] of refusals)
      await expect(send('look', { images })).rejects.toMatchObject(refusal);
    await expect(send('look', { images: [mine], model: 'openai:fake-plain' })).rejects.toMatchObject({
      code: 'bad_request',
      reason: 'no_vision',
    });
    await expect(send(' ', { images: [] })).rejects.toMatchObject({ code: 'bad_request' });
    expect(await services.store.session({ owner: 'me', sessionId: 's', now: Date.now() })).toBeNull();
    expect(fake.requests).toEqual([]);
  });

  it('is refused when its images together are too large for one call to a model', async () => {
    const data = Buffer.alloc(8 * 1024 * 1024);
    const images = ['a', 'b', 'c'];
    for (const id of images) {
      const image = { id, type: 'image/png', width: 1, height: 1, data } as const;
      await services.store.putImage({ owner: 'me', image, ttlMs: 86_400_000, now: Date.now() });
    }
    await expect(send('look', { images })).rejects.toMatchObject({
      code: 'too_large',
      reason: 'images_together',
    });
    await send('two', { images: ['a', 'b'] });
    expect((await send('one more', { images: ['c'] })).context).toMatchObject({ images: 2 });
    expect(lastCall().map(({ images }) => images)).toEqual([1, 1]);
  });
});
