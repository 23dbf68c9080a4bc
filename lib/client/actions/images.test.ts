import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImageRefusal } from '../browser/images/image-refusal';
import { shownSession } from '../state/context';
import { draftAt, draftKey } from '../state/draft';
import { aPage, type Page } from '../testing/a-page';
import { type ContractServer, startContractServer } from '../testing/contract-server';

const A = 'assistant';
const POST = 'POST /api/images';

/** The contract server makes the id of an image, and its width, of its bytes. */
const file = (bytes: number, name = `${bytes}.png`) =>
  new File(['x'.repeat(bytes)], name, { type: 'image/png' });

describe('an image that is attached', () => {
  let server: ContractServer;
  let page: Page;

  const actions = () => page.client.actions;
  const uploads = () => page.client.uploads.getState().uploads;
  const images = () => {
    const known = page.client.preferences.getState();
    return draftAt(known, draftKey(known, A)).images.map(({ id }) => id);
  };
  const settled = () => page.until(() => uploads().every(({ state }) => /failed|refused/.test(state)));
  const open = async (prepare?: (blob: Blob) => Promise<Blob>) => {
    page = aPage(server, undefined, undefined, prepare);
    await page.until(() => page.client.conversations.of(shownSession(page.client) ?? '')?.phase === 'ready');
  };

  beforeEach(async () => {
    server = await startContractServer();
    await open();
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('is in the draft once the server has it, in the order of choice', async () => {
    actions().attachImages(A, [file(3), file(1), file(2)]);
    await settled();
    expect([images(), uploads()]).toEqual([['image-3', 'image-1', 'image-2'], []]);
    expect(Object.keys(page.client.uploads.getState().previews)).toEqual(['image-3', 'image-1', 'image-2']);
  });

  it('goes into the draft that it was chosen for, whatever is on screen by then', async () => {
    const letGo = server.hold(POST);
    actions().attachImages(A, [file(3)]);
    await server.whenSeen(POST);
    await actions().openAssistant('teacher');
    letGo();
    await settled();
    expect(images()).toEqual(['image-3']);
  });

  it('that did not arrive can be tried again', async () => {
    server.drop(POST);
    actions().attachImages(A, [file(3), file(4)]);
    await settled();
    expect([images(), uploads().map(({ name, error }) => [name, error?.code])]).toEqual([
      ['image-4'],
      [['3.png', 'network']],
    ]);
    actions().retryImage(uploads()[0]?.id ?? '');
    await settled();
    expect([images(), uploads()]).toEqual([['image-4', 'image-3'], []]);
  });

  it('that fails in a way that nobody foresaw is not the end of the line', async () => {
    page.close();
    await open(async (blob) => {
      if (blob.size === 3) throw new TypeError('a defect');
      return blob;
    });
    actions().attachImages(A, [file(3), file(4)]);
    await settled();
    expect([images(), uploads().map(({ state, error }) => [state, error?.code])]).toEqual([
      ['image-4'],
      [['failed', 'internal']],
    ]);
  });

  it.each([
    ['unsupported_image', 'type'],
    ['too_large', 'too_big'],
    ['bad_request', 'unreadable'],
  ] as const)('that the server refuses as %s is refused', async (code, reason) => {
    server.refuse(POST, code);
    actions().attachImages(A, [file(3)]);
    await settled();
    expect(uploads().map((one) => [one.state, one.reason])).toEqual([['refused', reason]]);
    actions().removeImage(A, uploads()[0]?.id ?? '');
    expect(uploads()).toEqual([]);
  });

  it('that the browser cannot read never reaches the server, and holds up no other', async () => {
    page.close();
    await open(async (blob) => {
      if (blob.size === 3) throw new ImageRefusal('unreadable');
      return blob;
    });
    actions().attachImages(A, [file(3), file(4)]);
    await settled();
    expect([images(), uploads().map(({ reason }) => reason), server.seen(POST).length]).toEqual([
      ['image-4'],
      ['unreadable'],
      1,
    ]);
  });

  it('is one of eight at most; the rest is refused, and said once', async () => {
    actions().attachImages(
      A,
      [1, 2, 3, 4, 5, 6].map((bytes) => file(bytes)),
    );
    actions().attachImages(
      A,
      [7, 8, 9, 10].map((bytes) => file(bytes)),
    );
    await settled();
    expect([images().length, uploads().map(({ reason }) => reason)]).toEqual([8, ['too_many']]);
  });

  it('can be taken away before and after it has arrived', async () => {
    const letGo = server.hold(POST);
    actions().attachImages(A, [file(3), file(4)]);
    await server.whenSeen(POST);
    actions().removeImage(A, uploads()[0]?.id ?? '');
    letGo();
    await settled();
    expect(images()).toEqual(['image-4']);
    actions().removeImage(A, 'image-4');
    expect(images()).toEqual([]);
  });

  it('to an edit that is given up goes nowhere', async () => {
    server.given('past', A, ['One']);
    await actions().openSession(A, 'past');
    const letGo = server.hold(POST);
    actions().editLast(A);
    actions().attachImages(A, [file(3)]);
    await server.whenSeen(POST);
    actions().cancelEdit(A);
    letGo();
    await settled();
    expect([images(), page.client.preferences.getState().attachments]).toEqual([[], {}]);
  });

  describe('a message that is sent during an upload', () => {
    const SEND = 'POST /api/chat/stream';
    let finishUpload: () => void;

    beforeEach(async () => {
      finishUpload = server.hold(POST);
      actions().attachImages(A, [file(3), file(4)]);
      actions().setDraft(A, 'Look');
      actions().sendAfterUploads(A);
      await server.whenSeen(POST);
    });

    it('goes out with its images once the last upload has finished', async () => {
      expect(server.seen(SEND)).toEqual([]);
      finishUpload();
      await server.whenSeen(SEND);
      const bodies = server.seen(SEND).map(({ body }) => body);
      expect(bodies).toMatchObject([{ content: 'Look', images: ['image-3', 'image-4'] }]);
    });

    it('stays in the composer if an upload fails', async () => {
      server.drop(POST);
      finishUpload();
      await settled();
      expect([uploads().map(({ state }) => state), server.seen(SEND)]).toEqual([['failed'], []]);
      actions().removeImage(A, uploads()[0]?.id ?? '');
      expect(server.seen(SEND)).toEqual([]);
    });

    it('stays in the composer if the send is cancelled', async () => {
      actions().cancelQueuedSend(A);
      finishUpload();
      await settled();
      expect([images(), server.seen(SEND)]).toEqual([['image-3', 'image-4'], []]);
    });

    it('never sends the draft of another conversation', async () => {
      server.given('past', A, ['One']);
      await actions().openSession(A, 'past');
      actions().setDraft(A, 'Not sent');
      finishUpload();
      await settled();
      expect([images(), server.seen(SEND)]).toEqual([[], []]);
    });
  });
});
