import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { asPhonePhoto, deliverFiles, dragFiles, drawTestImage } from '../../support/page/test-images';
import { type AppServer, startAppServer } from '../../support/servers/app-server';

let app: AppServer;

test.beforeAll(async ({ fake }) => {
  app = await startAppServer({ ...fakeModelSettings(fake), OPENAI_MODELS: 'fake-vision,fake-plain' });
});
test.afterAll(() => app.dispose());
test.beforeEach(({ fake }) => fake.reset());

const removal = (page: Page, index: number) => page.getByRole('button', { name: `Remove image ${index}` });
const choose = (page: Page) => page.locator('input[type=file]');
const small = (page: Page, name: string) => drawTestImage(page, { name, width: 160, height: 120 });

/** Records the bytes of each uploaded image in the page, because the server removes metadata as well. */
async function watchUploads(page: Page): Promise<() => Promise<string[]>> {
  const uploads = await page.evaluateHandle(() => {
    const bodies: Blob[] = [];
    const { send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.send = function (body) {
      if (body instanceof Blob) bodies.push(body);
      send.call(this, body);
    };
    return bodies;
  });
  return () =>
    uploads.evaluate((bodies) =>
      Promise.all(
        bodies.map(async (body) =>
          Array.from(new Uint8Array(await body.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''),
        ),
      ),
    );
}

test('several images can be chosen at once; they survive a reload and are sent and shown', async ({
  chat,
  page,
  fake,
}) => {
  await chat.open(app.url);
  const [one, two] = [await small(page, 'one.png'), await small(page, 'two.png')];
  const opening = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add images' }).click();
  await (await opening).setFiles([one, two]);
  await expect(removal(page, 2)).toBeVisible();
  await chat.reload();
  await expect(removal(page, 2)).toBeVisible();

  const turn = await chat.ask('What are these?');
  await expect(removal(page, 1)).toHaveCount(0);
  const shown = turn.getByRole('img', { name: /^Image \d of 2$/ });
  await expect(shown).toHaveCount(2);
  const { messages } = await fake.request(0);
  expect(JSON.stringify(messages.at(-1)?.content).match(/data:image\/png;base64,/g)).toHaveLength(2);
  await chat.reload();
  await expect(shown).toHaveCount(2);
  for (const image of await shown.all())
    await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(160);
});

test('a pasted image can be sent without text', async ({ chat, page, fake }) => {
  await chat.open(app.url);
  await chat.composer.focus();
  await deliverFiles(page, 'paste', [await small(page, 'pasted.png')]);
  await expect(removal(page, 1)).toBeVisible();
  await chat.composer.press('Enter');
  await chat.waitForReply(chat.turns);
  await expect(chat.turns.getByRole('img', { name: 'Attached image' })).toBeVisible();
  expect(JSON.stringify((await fake.request(0)).messages.at(-1)?.content)).toContain('data:image/png');
});

test('images can be dropped anywhere on the conversation, which says so during the drag', async ({
  chat,
  page,
}) => {
  await chat.open(app.url);
  const zone = page.getByText('Drop images here');
  await dragFiles(page, 'dragover');
  await expect(zone).toBeVisible();
  await dragFiles(page, 'dragleave');
  await expect(zone).toHaveCount(0);
  await dragFiles(page, 'dragover');
  await deliverFiles(page, 'drop', [await small(page, 'dropped.png')]);
  await expect(zone).toHaveCount(0);
  await expect(removal(page, 1)).toBeVisible();
});

test('a photo is scaled, rotated upright and stripped of its metadata', async ({ chat, page }) => {
  await chat.open(app.url);
  const landscape = await drawTestImage(page, {
    name: 'photo.jpg',
    width: 3000,
    height: 2000,
    type: 'image/jpeg',
  });
  const photo = asPhonePhoto(landscape, 'SECRET PLACE');
  expect(photo.buffer.includes('SECRET PLACE')).toBe(true);
  const posted = await watchUploads(page);
  const uploaded = page.waitForResponse('**/api/images');
  await choose(page).setInputFiles(photo);
  const { width, height, bytes, type } = await (await uploaded).json();
  expect([width, height, type]).toEqual([1365, 2048, 'image/jpeg']);
  expect(bytes).toBeLessThanOrEqual(1_000_000);
  const [sent = ''] = await posted();
  expect(sent.length).toBeGreaterThan(10_000);
  expect(sent).not.toContain('SECRET PLACE');
});

test('a small animated image is uploaded unchanged', async ({ chat, page }) => {
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  await chat.open(app.url);
  const posted = await watchUploads(page);
  await choose(page).setInputFiles({ name: 'moves.gif', mimeType: 'image/gif', buffer: gif });
  await expect(removal(page, 1)).toBeVisible();
  expect(await posted()).toEqual([gif.toString('latin1')]);
});

test('a file that is not an image, is damaged or exceeds the limit is refused with a reason; the others stay', async ({
  chat,
  page,
}) => {
  await chat.open(app.url);
  const good = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => small(page, `${n}.png`)));
  const damaged = { name: 'damaged.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') };
  const text = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') };
  // Without a type, as systems that do not know the format deliver it.
  const heic = {
    name: 'IMG_1.HEIC',
    mimeType: '',
    buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  };
  await deliverFiles(page, 'drop', [damaged, text, heic]);
  const alert = page.getByRole('alert');
  await expect(alert.filter({ hasText: 'Couldn’t open damaged.png.' })).toBeVisible();
  await expect(alert.filter({ hasText: 'Can’t attach notes.txt.' })).toBeVisible();
  await expect(alert.filter({ hasText: 'IMG_1.HEIC is a HEIC photo' })).toBeVisible();
  for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(alert.filter({ hasText: 'image' })).toHaveCount(0);

  await choose(page).setInputFiles(good);
  await deliverFiles(page, 'drop', [await small(page, '8.png'), await small(page, '9.png')]);
  await expect(alert.filter({ hasText: 'You can attach up to 8 images per message.' })).toBeVisible();
});

test('a model without image support says so before sending, and another one is offered', async ({
  chat,
  page,
  fake,
}) => {
  await chat.open(app.url);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('openai:fake-plain');
  await choose(page).setInputFiles(await small(page, 'one.png'));
  await chat.composer.fill('What is this?');
  await expect(page.getByRole('alert').filter({ hasText: 'fake-plain can’t see images.' })).toBeVisible();
  await expect(chat.send).toHaveAttribute('aria-disabled', 'true');
  await chat.composer.press('Enter');
  await expect(chat.composer).toHaveValue('What is this?');
  await page.getByRole('button', { name: 'Use fake-vision' }).click();
  await chat.composer.press('Enter');
  await chat.waitForReply(chat.turn('What is this?'));
  expect((await fake.request(0)).model).toBe('fake-vision');
});

test('a failed upload says why, and can be retried', async ({ chat, page }) => {
  await chat.open(app.url);
  await page.route('**/api/images', (route) => route.abort('connectionfailed'));
  await choose(page).setInputFiles(await small(page, 'one.png'));
  const alert = page.getByRole('alert').filter({ hasText: 'one.png wasn’t uploaded.' });
  await expect(alert).toContainText('Couldn’t reach the server.');
  await expect(chat.send).toHaveAttribute('aria-disabled', 'true');
  await page.unroute('**/api/images');
  await page.getByRole('button', { name: 'Upload one.png again' }).click();
  await expect(removal(page, 1)).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test('a message sent during an upload is sent with its image once the upload has finished', async ({
  chat,
  page,
  fake,
}) => {
  await chat.open(app.url);
  const gate = Promise.withResolvers<void>();
  await page.route('**/api/images', async (route) => {
    await gate.promise;
    await route.continue();
  });
  await choose(page).setInputFiles(await small(page, 'one.png'));
  await chat.composer.fill('What is this?');
  await chat.composer.press('Enter');
  await expect(page.getByText('This will be sent when the images are uploaded.')).toBeVisible();
  expect(fake.requests).toEqual([]);
  gate.resolve();
  await chat.waitForReply(chat.turn('What is this?'));
  await expect(chat.turn('What is this?').getByRole('img', { name: 'Attached image' })).toBeVisible();
  await expect(chat.composer).toHaveValue('');
});

test('the image viewer works by keyboard alone, and returns the focus', async ({ chat, page }) => {
  await chat.open(app.url);
  await choose(page).setInputFiles([await small(page, 'one.png'), await small(page, 'two.png')]);
  await expect(removal(page, 2)).toBeVisible();
  const turn = await chat.ask('Look');
  const first = turn.getByRole('link', { name: 'Image 1 of 2' });
  await first.focus();
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog', { name: 'Images in this message' });
  await expect(viewer.getByRole('img', { name: 'Image 1 of 2' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByRole('img', { name: 'Image 2 of 2' })).toBeVisible();
  await viewer.getByRole('button', { name: 'View full size' }).press('Enter');
  await expect(viewer.getByRole('button', { name: 'Fit to screen' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);
  await expect(first).toBeFocused();
});

test('the space for an image is reserved before it has loaded', async ({ chat, page }) => {
  await chat.open(app.url);
  await choose(page).setInputFiles(await drawTestImage(page, { name: 'wide.png', width: 800, height: 400 }));
  await expect(removal(page, 1)).toBeVisible();
  const turn = await chat.ask('Look');
  await page.route('**/api/images/*', () => undefined);
  await chat.reload();
  const box = await turn.getByRole('img', { name: 'Attached image' }).boundingBox();
  expect([Math.round(box?.width ?? 0), Math.round(box?.height ?? 0)]).toEqual([320, 160]);
});

test('axe finds no problem in the image viewer or in a composer with attachments and alerts', async ({
  chat,
  page,
}) => {
  const violations = async () => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
  };
  await chat.open(app.url);
  await choose(page).setInputFiles([await small(page, 'one.png'), await small(page, 'two.png')]);
  await expect(removal(page, 2)).toBeVisible();
  const turn = await chat.ask('Look');
  await turn.getByRole('link', { name: 'Image 1 of 2' }).click();
  await expect(page.getByRole('dialog', { name: 'Images in this message' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');

  await chat.composer.press('ArrowUp');
  await expect(page.getByText('Editing an earlier message')).toBeVisible();
  await expect(removal(page, 2)).toBeVisible();
  await page.route('**/api/images', (route) => route.abort('connectionfailed'));
  await deliverFiles(page, 'drop', [
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('words') },
    await small(page, 'three.png'),
  ]);
  await expect(page.getByRole('button', { name: 'Upload three.png again' })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('openai:fake-plain');
  await page.getByRole('button', { name: 'Cancel upload of three.png' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'can’t see images' })).toBeVisible();
  expect(await violations()).toEqual([]);
});
