import { expect, test } from '../../support/site';

// These tests pass on any site, whatever its model: `E2E_BASE_URL=https://… npm run e2e`. The paths are relative, for a site
// under a path of its host: `E2E_BASE_URL=https://…/chat/`.
test.setTimeout(120_000);

test('the server is healthy', async ({ request }) => {
  const response = await request.get('./api/health');
  expect(response.status()).toBe(200);
  expect(await response.json()).toMatchObject({ status: 'ok', store: { ok: true } });
});

test('the API lists three assistants and a model, and reveals no prompt', async ({ request }) => {
  const answer = await request.get('./api/assistants', { headers: { 'accept-language': 'en' } });
  const text = await answer.text();
  expect(JSON.parse(text).assistants).toMatchObject([
    { id: 'assistant', name: 'Assistant', builtIn: true },
    { id: 'teacher', name: 'Teacher', builtIn: true },
    { id: 'programmer', name: 'Programmer', builtIn: true },
  ]);
  expect(text).not.toContain('You are');
  const { models, default: first } = await (await request.get('./api/models')).json();
  expect(models).toContainEqual(expect.objectContaining({ id: first }));
});

test('a message gets a reply, and both survive a reload', async ({ chat }) => {
  const question = 'Say one short sentence.';
  await chat.open('./');
  await chat.sendMessage(question);
  await expect(chat.turn(question).getByRole('button', { name: 'Regenerate' })).toBeVisible({
    timeout: 90_000,
  });
  await chat.reload();
  await chat.waitForReply(chat.turn(question));
  await chat.openAssistant('Teacher');
  await expect(chat.turns).toHaveCount(0);
});
