import { failureCause, failureText } from '@/lib/chat/strings/failure-text';
import { stringsWithStorage } from '@/lib/chat/strings/storage-failures';
import { expect, fakeModelSettings, test } from '../../support/fixtures';
import { startAppServer } from '../../support/servers/app-server';
import { RedisServer } from '../../support/servers/redis';

const strings = stringsWithStorage('en');
const UNREACHABLE = { code: 'store_unavailable', reason: 'unreachable' } as const;

test.beforeEach(({ fake }) => fake.reset());

test('a store outage is reported above the conversation, never shows an empty one and ends on its own', async ({
  chat,
  fake,
  page,
}) => {
  const redis = await RedisServer.start({ appendOnly: true });
  const app = await startAppServer({ ...fakeModelSettings(fake), REDIS_URL: redis.url });
  try {
    await chat.open(app.url);
    await chat.ask('before the outage');
    await redis.stop('SIGKILL');
    await chat.reload();
    await expect(page.getByText(failureText(strings, UNREACHABLE, 'tab'))).toBeVisible();
    await expect(page.getByText(strings.conversation.loadFailed)).toBeVisible();
    await expect(page.getByText(failureText(strings, UNREACHABLE, 'history'))).toBeVisible();

    await redis.start();
    await expect(chat.turn('before the outage')).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: /conversation storage/ })).toHaveCount(0);
  } finally {
    await app.dispose();
    await redis.close();
  }
});

test('if the store comes back empty during a reply, the page keeps the text and says it is stored nowhere else', async ({
  chat,
  fake,
}) => {
  const story = '[[hold]] told to a store that forgets';
  const redis = await RedisServer.start();
  const app = await startAppServer({ ...fakeModelSettings(fake), REDIS_URL: redis.url });
  try {
    await chat.open(app.url);
    await chat.sendMessage(story);
    await fake.received(story);
    fake.release({ contains: story, count: 2 });
    await expect(chat.turn(story)).toContainText('part1 part2');
    await redis.stop('SIGKILL');
    await redis.start();
    await expect(chat.turn(story)).toContainText(
      failureCause(strings, { code: 'store_unavailable', reason: 'gone' }),
    );
    await expect(chat.turn(story)).toContainText(strings.failures.kept.shown);
    await expect(chat.turn(story)).toContainText('part1 part2');
    await expect(chat.retry(chat.turn(story))).toHaveCount(0);
  } finally {
    await app.dispose();
    await redis.close();
  }
});
