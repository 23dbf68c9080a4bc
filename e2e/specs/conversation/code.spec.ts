import { expect, test } from '../../support/fixtures';
import { seedAndSignIn } from '../../support/seed-conversation';

const LONG_CODE = Array.from({ length: 120 }, (_, n) => `line_${n} = ${n}`).join('\n');
const LAST_CODE = 'copy(me);\n  indented();';

test('the caption of long code stays in sight, and the last code block can be copied', async ({
  app,
  chat,
  context,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await seedAndSignIn(app, context, {
    turns: 2,
    texts: (n) => ({
      message: `code ${n}`,
      reply: n === 0 ? `- step\n  \`\`\`js\n  ${LAST_CODE.replace('\n', '\n  ')}\n  \`\`\`` : 'No code here.',
    }),
  });
  await chat.open();
  await expect(chat.turn('code 1')).toContainText('No code here.');
  await chat.composer.click();
  await page.keyboard.press('Control+Shift+Semicolon');
  await expect(page.getByText('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LAST_CODE);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('last code');
  await expect(page.getByRole('option', { name: /Copy the last code block/ })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('a caption sticks while its code scrolls by', async ({ app, chat, context, page }) => {
  await seedAndSignIn(app, context, {
    turns: 1,
    texts: () => ({ message: 'long code', reply: `\`\`\`python\n${LONG_CODE}\n\`\`\`\n\nThe end.` }),
  });
  await chat.open();
  await page.getByText('line_60 = 60').scrollIntoViewIfNeeded();
  const copy = chat.turn('long code').getByRole('figure').getByRole('button', { name: 'Copy' });
  await expect(copy).toBeInViewport();
  // Nothing lies on it.
  await copy.click({ trial: true });
  await page.getByText('The end.').scrollIntoViewIfNeeded();
});
