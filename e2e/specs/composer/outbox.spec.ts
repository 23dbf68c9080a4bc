import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { recordSends } from '../../support/page/sent-messages';
import { startAppServer } from '../../support/servers/app-server';

const OFFLINE = 'You’re offline.';
const UNREACHABLE = 'Can’t reach the server.';
const BEHIND = 'after the previous message';

test.beforeEach(({ fake }) => fake.reset());

test('a message sent offline survives a reload and is sent once when the network is back', async ({
  chat,
  context,
  page,
  fake,
}) => {
  const sent = recordSends(context);
  await chat.open();
  await context.setOffline(true);
  await chat.sendPending('said in a tunnel', OFFLINE);
  await expect(page.getByText('said in a tunnel')).toHaveCount(1);

  // A page cannot be loaded offline, so during the reload the network serves the page but not the API.
  await page.route('**/api/**', (route) => route.abort('connectionfailed'));
  await context.setOffline(false);
  await chat.reload();
  await expect(chat.pendingStatus('This will be sent')).toBeVisible();
  await expect(page.getByText('said in a tunnel')).toHaveCount(1);
  await expect(chat.composer).toHaveValue('');
  expect(fake.requests).toEqual([]);

  await page.unroute('**/api/**');
  await chat.waitForReply(chat.turn('said in a tunnel'));
  await expect(chat.turns).toHaveCount(1);
  await expect(chat.pendingStatus('This will be sent')).toHaveCount(0);
  expect(new Set(sent.map(({ turnId }) => turnId)).size).toBe(1);
  await chat.reload();
  await expect(chat.turn('said in a tunnel')).toBeVisible();
  await expect(chat.turns).toHaveCount(1);
  expect(fake.requests).toHaveLength(1);
});

test('a page closed with a pending message sends it when it is opened again', async ({
  chat,
  context,
  fake,
}) => {
  await chat.open();
  await chat.ask('before the tunnel');
  await context.setOffline(true);
  await chat.sendPending('and then nothing', OFFLINE);
  await chat.page.close();
  await context.setOffline(false);
  const again = chat.on(await context.newPage());
  await again.open();
  await again.waitForReply(again.turn('and then nothing'));
  await expect(again.turns).toHaveCount(2);
  expect(fake.requests).toHaveLength(2);
});

test('pending messages are sent in order, each after the reply to the one before', async ({
  chat,
  context,
  page,
  fake,
}) => {
  const sent = recordSends(context);
  const first = '[[hold]] the first';
  await chat.open();
  await context.setOffline(true);
  await chat.sendPending(first, OFFLINE);
  await chat.sendPending('the second', BEHIND);
  await expect(page.getByText(/^(\[\[hold\]\] )?the (first|second)$/)).toHaveText([first, 'the second']);

  await context.setOffline(false);
  await fake.received(first);
  await expect(chat.turn(first)).toBeVisible();
  await expect(chat.pendingStatus(BEHIND)).toHaveCount(0);
  await expect(chat.pendingStatus('when the current reply finishes')).toBeVisible();
  expect(fake.requests).toHaveLength(1);
  fake.release({ contains: first });
  await chat.waitForReply(chat.turn('the second'));
  await expect(chat.turns).toHaveCount(2);
  const { messages } = await fake.request(1);
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(sent.at(-1)?.content).toBe('the second');
  expect(sent.filter(({ content }) => content === 'the second')).toHaveLength(1);
});

test('a pending message can be edited or discarded', async ({ chat, context, page, fake }) => {
  await chat.open();
  await context.setOffline(true);
  await chat.sendPending('better said otherwise', OFFLINE);
  await chat.sendPending('better left unsaid', BEHIND);
  await page.getByRole('button', { name: 'Discard' }).last().click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(chat.composer).toHaveValue('better said otherwise');
  await context.setOffline(false);
  await chat.ask('said otherwise');
  await expect(chat.turns).toHaveCount(1);
  expect(fake.requests.map(({ lastUser }) => lastUser)).toEqual(['said otherwise']);
});

test('a pending message is sent even if its conversation is not on screen', async ({
  chat,
  context,
  fake,
}) => {
  await chat.open();
  await context.setOffline(true);
  await chat.sendPending('for the assistant', OFFLINE);
  await chat.openAssistant('Teacher');
  await expect(chat.assistantTab('Assistant')).toHaveAccessibleName(/message waiting to send/);
  await context.setOffline(false);
  await fake.received('for the assistant');
  await expect(chat.assistantTab('Assistant')).toHaveAccessibleName(/new reply/);
  await expect(chat.turns).toHaveCount(0);
  await chat.openAssistant('Assistant');
  await chat.waitForReply(chat.turn('for the assistant'));
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`a message sent while the server restarts (${signal}) stays pending and becomes one turn`, async ({
    chat,
    context,
    fake,
  }) => {
    const app = await startAppServer(fakeModelSettings(fake));
    try {
      const sent = recordSends(context);
      await chat.open(app.url);
      await chat.ask('before the restart');
      await app.stop(signal);
      await chat.sendPending('said to nobody', UNREACHABLE);
      await app.start();
      await chat.waitForReply(chat.turn('said to nobody'));
      await expect(chat.turns).toHaveCount(2);
      const ids = sent.filter(({ content }) => content === 'said to nobody').map(({ turnId }) => turnId);
      expect(new Set(ids).size).toBe(1);
      expect(fake.requests).toHaveLength(2);
    } finally {
      await app.dispose();
    }
  });
}

test('a message stays pending, with the reason, while the store is down', async ({ chat, page, fake }) => {
  const refusal = { error: { code: 'store_unavailable', message: 'The store cannot be reached.' } };
  await chat.open();
  await page.route('**/api/chat/stream', (route) => route.fulfill({ status: 503, json: refusal }));
  await chat.sendPending('kept until then', 'The server can’t save messages right now.');
  await page.unroute('**/api/chat/stream');
  await chat.waitForReply(chat.turn('kept until then'));
  expect(fake.requests).toHaveLength(1);
});
