import { fileURLToPath } from 'node:url';
import { expect, test } from '../../support/site';

const FILE = fileURLToPath(new URL('../../../docs/screenshot.png', import.meta.url));

test.use({ viewport: { width: 1280, height: 1120 }, deviceScaleFactor: 2 });

// `UPDATE_SCREENSHOT=1` also saves the screenshot for the README.
test('the page in the README shows a reply with reasoning and code, and the assistants', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.openAssistant('Programmer');
  await chat.sendMessage('Write a rate limiter in TypeScript');
  const turn = chat.turn('Write a rate limiter in TypeScript');
  await expect(turn.getByRole('button', { name: 'Regenerate' })).toBeVisible({ timeout: 35_000 });
  await expect(turn.getByRole('button', { name: /^Thought for/ })).toBeVisible();
  await expect(turn.getByRole('region', { name: /^Code, / }).first()).toBeInViewport({ ratio: 1 });
  await expect(turn.getByRole('button', { name: /^Usage details/ })).toBeVisible();
  await expect(
    turn.getByText('Write a rate limiter in TypeScript', { exact: true }).first(),
  ).toBeInViewport();
  await expect(chat.assistantTab('Programmer')).toHaveAttribute('aria-selected', 'true');
  if (process.env.UPDATE_SCREENSHOT === '1') await page.screenshot({ path: FILE });
});
