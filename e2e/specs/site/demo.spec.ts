import { expect, test } from '../../support/site';

test('without settings, the demo model replies with reasoning and says that it is a demo', async ({
  chat,
  page,
  request,
}) => {
  expect(await (await request.get('/api/health')).json()).toMatchObject({
    store: { driver: 'sqlite', durable: true },
    models: { demo: true },
  });
  await chat.open();
  await expect(page.getByText('Demo mode: replies are scripted.')).toBeVisible();
  await chat.openAssistant('Teacher');
  await chat.sendMessage('Why is the sky dark at night?');
  const turn = chat.turn('Why is the sky dark at night?');
  await expect(turn.getByRole('button', { name: 'Thinking…' })).toBeVisible();
  await expect(turn).toContainText('This is Confab’s built-in demo model.', {
    timeout: 30_000,
  });
  await expect(turn).toContainText('OPENAI_API_KEY');
});
