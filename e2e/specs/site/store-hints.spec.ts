import { stringsFor } from '@/lib/chat/strings';
import type { HealthAnswer } from '@/lib/chat/wire';
import { expect, test } from '../../support/fixtures';

const { composer } = stringsFor('en');

/** What a stranger is told, with ADMIN_TOKEN set. */
const SHORT: HealthAnswer = { status: 'ok', store: { ok: true, durable: true }, models: { demo: false } };

const CASES: [string, HealthAnswer, string][] = [
  ['deletes conversations', { ...SHORT, warnings: ['evicts'] }, composer.evicts],
  [
    'keeps nothing on disk',
    { ...SHORT, store: { ok: true, durable: false }, warnings: ['evicts', 'not_persisted'] },
    composer.memoryOnly,
  ],
  [
    'keeps nothing on disk, as a stranger is told',
    { ...SHORT, store: { ok: true, durable: false } },
    composer.memoryOnly,
  ],
];

for (const [name, health, hint] of CASES)
  test(`below an empty conversation the page says that the store ${name}`, async ({ chat, page }) => {
    await page.route('**/api/health', (route) => route.fulfill({ json: health }));
    await chat.open();
    await expect(page.getByText(hint)).toBeVisible();
  });

test('above an empty conversation the page says that each instance of the server has a store of its own', async ({
  chat,
  page,
}) => {
  const health = { ...SHORT, store: { ok: true, durable: false, reason: 'per_instance' } };
  await page.route('**/api/health', (route) => route.fulfill({ json: health }));
  await chat.open();
  await expect(page.getByText(/has no storage.*add Upstash Redis/)).toBeVisible();
  await expect(chat.composer).toBeEnabled();
});
