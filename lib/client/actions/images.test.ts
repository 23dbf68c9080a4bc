import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aPng } from '@/lib/server/images/testing/sample-images';
import { ImageRefusal } from '../browser/images/image-refusal';
import { shownSession } from '../state/context';
import { draftAt, draftKey } from '../state/draft';
import { aPage, type Page } from '../testing/a-page';
import { startTestServer, type TestServer } from '../testing/test-server';

const A = 'assistant';
const POST = 'POST /api/images';

/** A PNG of this width, by which a test recognises it. */
const file = (width: number) =>
  new File([new Uint8Array(aPng({ width, height: 1 }))], `${width}.png`, { type: 'image/png' });

describe('an attached image', () => {
  let server: TestServer;
  let page: Page;

  const actions = () => page.client.actions;
  const uploads = () => page.client.uploads.getState().uploads;
  const draftImages = () => {
    const state = page.client.preferences.getState();
    return draftAt(state, draftKey(state, A)).images;
  };
  const widths = () => draftImages().map(({ width }) => width);
  /** The id that the server gives an image of this width. */
  const idOf = async (width: number) => (await server.addImage(width)).id;
  const uploadsEnded = () => page.until(() => uploads().every(({ state }) => /failed|refused/.test(state)));
  const open = async (prepare?: (blob: Blob) => Promise<Blob>) => {
    page = aPage(server, undefined, undefined, prepare);
    await page.until(() => page.client.conversations.of(shownSession(page.client) ?? '')?.phase === 'ready');
  };

  beforeEach(async () => {
    server = await startTestServer();
    await open();
  });
  afterEach(async () => {
    page.close();
    await server.close();
  });

  it('is in the draft once it is uploaded, in the order of choice', async () => {
    actions().attachImages(A, [file(3), file(1), file(2)]);
    await uploadsEnded();
    expect([widths(), uploads()]).toEqual([[3, 1, 2], []]);
    expect(Object.keys(page.client.uploads.getState().previews)).toEqual(draftImages().map(({ id }) => id));
  });

  it.each([
    ['a file that is no image', 'type'],
    ['a file that is too big', 'too_big'],
    ['a file that cannot be read', 'unreadable'],
  ] as const)('is forgotten once the message is sent, if it was refused: %s', async (_, reason) => {
    page.close();
    await open(() => Promise.reject(new ImageRefusal(reason)));
    actions().attachImages(A, [file(3)]);
    await uploadsEnded();
    expect(uploads().map((upload) => upload.reason)).toEqual([reason]);
    await actions().send({ assistantId: A, content: 'without it' });
    expect(uploads()).toEqual([]);
  });

  it('is forgotten once the message is sent, if it was one too many, but not in another draft', async () => {
    const nine = Array.from({ length: 9 }, (_, n) => file(n + 1));
    actions().attachImages(A, nine);
    await uploadsEnded();
    await actions().openAssistant('teacher');
    await actions().send({ assistantId: 'teacher', content: 'something else' });
    expect(uploads().map(({ reason }) => reason)).toEqual(['too_many']);
    await actions().send({ assistantId: A, content: 'eight images', images: draftImages() });
    expect(uploads()).toEqual([]);
  });

  it('goes into the draft it was chosen for, whatever is on screen by then', async () => {
    const release = server.hold(POST);
    actions().attachImages(A, [file(3)]);
    await server.whenReceived(POST);
    await actions().openAssistant('teacher');
    release();
    await uploadsEnded();
    expect(widths()).toEqual([3]);
  });

  it('can be tried again if its upload failed', async () => {
    server.drop(POST);
    actions().attachImages(A, [file(3), file(4)]);
    await uploadsEnded();
    expect([widths(), uploads().map(({ name, error }) => [name, error?.code])]).toEqual([
      [4],
      [['3.png', 'network']],
    ]);
    actions().retryImage(uploads()[0]?.id ?? '');
    await uploadsEnded();
    expect([widths(), uploads()]).toEqual([[4, 3], []]);
  });

  it('does not stop the uploads behind it if it fails unexpectedly', async () => {
    page.close();
    const broken = file(3);
    await open(async (blob) => {
      if (blob === broken) throw new TypeError('a defect');
      return blob;
    });
    actions().attachImages(A, [broken, file(4)]);
    await uploadsEnded();
    expect([widths(), uploads().map(({ state, error }) => [state, error?.code])]).toEqual([
      [4],
      [['failed', 'internal']],
    ]);
  });

  it.each([
    ['unsupported_image', 'type'],
    ['too_large', 'too_big'],
    ['bad_request', 'unreadable'],
  ] as const)('that the server answers with %s is refused', async (code, reason) => {
    server.refuse(POST, code);
    actions().attachImages(A, [file(3)]);
    await uploadsEnded();
    expect(uploads().map((one) => [one.state, one.reason])).toEqual([['refused', reason]]);
    actions().removeImage(A, uploads()[0]?.id ?? '');
    expect(uploads()).toEqual([]);
  });

  it('is not uploaded, and stops no other, if the browser cannot read it', async () => {
    page.close();
    const broken = file(3);
    await open(async (blob) => {
      if (blob === broken) throw new ImageRefusal('unreadable');
      return blob;
    });
    actions().attachImages(A, [broken, file(4)]);
    await uploadsEnded();
    expect([widths(), uploads().map(({ reason }) => reason), server.received(POST).length]).toEqual([
      [4],
      ['unreadable'],
      1,
    ]);
  });

  it('is one of eight at most; the rest are refused, with one notice', async () => {
    actions().attachImages(
      A,
      [1, 2, 3, 4, 5, 6].map((width) => file(width)),
    );
    actions().attachImages(
      A,
      [7, 8, 9, 10].map((width) => file(width)),
    );
    await uploadsEnded();
    expect([widths().length, uploads().map(({ reason }) => reason)]).toEqual([8, ['too_many']]);
  });

  it('can be removed before and after its upload', async () => {
    const release = server.hold(POST);
    actions().attachImages(A, [file(3), file(4)]);
    await server.whenReceived(POST);
    actions().removeImage(A, uploads()[0]?.id ?? '');
    release();
    await uploadsEnded();
    expect(widths()).toEqual([4]);
    actions().removeImage(A, draftImages()[0]?.id ?? '');
    expect(widths()).toEqual([]);
  });

  it('is dropped if the edit it was chosen for is cancelled', async () => {
    await server.addSession('past', A, ['One']);
    await actions().openSession(A, 'past');
    const release = server.hold(POST);
    actions().editLast(A);
    actions().attachImages(A, [file(3)]);
    await server.whenReceived(POST);
    actions().cancelEdit(A);
    release();
    await uploadsEnded();
    expect([widths(), page.client.preferences.getState().attachments]).toEqual([[], {}]);
  });

  describe('a message that is sent during an upload', () => {
    const SEND = 'POST /api/chat/stream';
    let finishUpload: () => void;

    beforeEach(async () => {
      finishUpload = server.hold(POST);
      actions().attachImages(A, [file(3), file(4)]);
      actions().setDraft(A, 'Look');
      actions().sendAfterUploads(A);
      await server.whenReceived(POST);
    });

    it('is sent with its images once the last upload has finished', async () => {
      expect(server.received(SEND)).toEqual([]);
      finishUpload();
      await server.whenReceived(SEND);
      const bodies = server.received(SEND).map(({ body }) => body);
      expect(bodies).toMatchObject([{ content: 'Look', images: [await idOf(3), await idOf(4)] }]);
    });

    it('stays in the composer if an upload fails', async () => {
      server.drop(POST);
      finishUpload();
      await uploadsEnded();
      expect([uploads().map(({ state }) => state), server.received(SEND)]).toEqual([['failed'], []]);
      actions().removeImage(A, uploads()[0]?.id ?? '');
      expect(server.received(SEND)).toEqual([]);
    });

    it('stays in the composer if the send is cancelled', async () => {
      actions().cancelQueuedSend(A);
      finishUpload();
      await uploadsEnded();
      expect([widths(), server.received(SEND)]).toEqual([[3, 4], []]);
    });

    it('never sends the draft of another conversation', async () => {
      await server.addSession('past', A, ['One']);
      await actions().openSession(A, 'past');
      actions().setDraft(A, 'Not sent');
      finishUpload();
      await uploadsEnded();
      expect([widths(), server.received(SEND)]).toEqual([[], []]);
    });
  });
});
