import { VENDOR_SECRET } from '../../support/fake-openai/scenarios';
import { test as base, expect, fakeModelSettings } from '../../support/fixtures';
import { type AppServer, startAppServer } from '../../support/servers/app-server';

/** The server of this file waits briefly for a model, because a test here waits for that wait to end. */
const test = base.extend<object, { app: AppServer }>({
  app: [
    async ({ fake }, use) => {
      const app = await startAppServer({ ...fakeModelSettings(fake), MODEL_FIRST_TOKEN_MS: '2000' });
      await use(app);
      await app.dispose();
    },
    { scope: 'worker' },
  ],
});

test.beforeEach(({ fake }) => fake.reset());

for (const { scenario, says, keeps } of [
  {
    scenario: 'error-401',
    says: 'The model provider rejected the API key.',
    keeps: 'Your message is saved.',
  },
  { scenario: 'error-429', says: 'too many requests', keeps: 'Your message is saved.' },
  { scenario: 'error-500', says: 'The model provider had an error.', keeps: 'Your message is saved.' },
  { scenario: 'cut', says: 'The connection to the model was lost.', keeps: 'Half of the answer' },
  { scenario: 'stall-first', says: 'The model stopped responding.', keeps: 'Your message is saved.' },
  { scenario: 'empty', says: 'The model sent an empty reply.', keeps: 'Your message is saved.' },
]) {
  test(`a failed reply (${scenario}) says why, never looks complete and can be retried`, async ({
    chat,
    fake,
  }) => {
    const question = `[[${scenario}]] will it work?`;
    await chat.open();
    await chat.sendMessage(question);
    const turn = chat.turn(question);
    await expect(turn).toContainText(says);
    await expect(turn).toContainText(keeps);
    await expect(turn).not.toContainText(VENDOR_SECRET);
    await expect(turn.getByRole('button', { name: 'Regenerate' })).toHaveCount(0);
    await chat.reload();
    await expect(turn).toContainText(says);
    await expect(turn.getByRole('button', { name: 'Regenerate' })).toHaveCount(0);

    await chat.retry(turn).click();
    await fake.received(question, 2);
    await expect(turn).toContainText(says);
    await expect(turn.getByRole('group', { name: 'Versions' })).toBeVisible();
  });
}
