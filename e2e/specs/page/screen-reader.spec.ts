import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { tabTo } from '../../support/page/tab-to';
import { drawTestImage } from '../../support/page/test-images';
import { type AppServer, startAppServer } from '../../support/servers/app-server';

let app: AppServer;

test.beforeAll(async ({ fake }) => {
  app = await startAppServer({ ...fakeModelSettings(fake), OPENAI_MODELS: 'fake-vision' });
});
test.afterAll(() => app.dispose());
test.beforeEach(({ fake }) => fake.reset());

test('a whole visit works by keyboard and is announced: choose an assistant, send, stop, edit, switch versions, attach an image', async ({
  chat,
  fake,
  page,
}) => {
  const announcement = (name: string) => page.getByRole('status').filter({ hasText: name });
  await chat.open(app.url);
  await tabTo(page, chat.assistantTab('Assistant'), 'Tab');
  await page.keyboard.press('ArrowDown');
  await expect(chat.assistantTab('Teacher')).toBeFocused();
  await expect(page.getByRole('tablist')).toMatchAriaSnapshot(`
    - tablist "Assistants":
      - tab /Assistant/
      - tab /Teacher/ [selected]
      - tab /Programmer/
  `);
  await tabTo(page, chat.composer, 'Tab');

  await page.keyboard.type('[[hold]] a first draft');
  await page.keyboard.press('Enter');
  await fake.received('a first draft');
  fake.release({ contains: 'a first draft', count: 2 });
  await expect(chat.turn('[[hold]] a first draft')).toContainText('part1 part2');
  await expect(announcement('Teacher is replying.')).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(announcement('Teacher’s reply was stopped.')).toBeAttached();
  await expect(chat.composer).toBeFocused();

  // Edit: the message is back in the composer and becomes another version.
  await page.keyboard.press('ArrowUp');
  await expect(chat.composer).toHaveValue('[[hold]] a first draft');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('a second draft');
  await page.keyboard.press('Enter');
  const turn = chat.turn('a second draft');
  await chat.waitForReply(turn);
  await expect(announcement('Teacher has replied.')).toBeAttached();
  await expect(turn).toMatchAriaSnapshot(`
    - article:
      - heading "You" [level=2]
      - paragraph: a second draft
      - group "Edits":
        - button "Previous edit"
        - img "Edit 2 of 2"
        - button "Next edit" [disabled]
      - button "Edit"
      - button "Copy message"
      - button "More actions"
      - heading "Teacher" [level=2]
      - paragraph: /echo/
      - button "Copy reply"
      - button "Regenerate"
  `);
  await tabTo(page, turn.getByRole('button', { name: 'Previous edit' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(chat.turn('[[hold]] a first draft')).toContainText('part1 part2');
  const next = page.getByRole('button', { name: 'Next edit' });
  await expect(next, 'where Previous has nowhere to go').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(turn).toBeVisible();

  // Attach: Enter opens the browser's file chooser.
  await tabTo(page, chat.composer, 'Tab');
  await tabTo(page, page.getByRole('button', { name: 'Add images' }), 'Tab');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([await drawTestImage(page, { name: 'one.png', width: 160, height: 120 })]);
  await expect(page.getByRole('button', { name: 'Remove image 1' })).toBeVisible();
  await tabTo(page, chat.composer, 'Shift+Tab');
  await page.keyboard.type('look at this');
  await page.keyboard.press('Enter');
  await chat.waitForReply(chat.turn('look at this'));
  await expect(chat.turn('look at this')).toMatchAriaSnapshot(`
    - article:
      - heading "You" [level=2]
      - list:
        - listitem:
          - link "Attached image":
            - img "Attached image"
      - paragraph: look at this
  `);
});
