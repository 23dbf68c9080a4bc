import { expect, it } from 'vitest';
import { POST as send } from '@/app/api/chat/stream/route';
import { parseSend } from '@/lib/server/http/request-schemas';
import { cookieName, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import type { Services } from '@/lib/server/services';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { provideServices } from '@/lib/server/testing/provide-services';
import { beginTurn } from './begin-turn';

const SESSION = 'session';

const bodyOf = (change: Record<string, unknown>) => ({
  sessionId: SESSION,
  assistantId: 'assistant',
  turnId: 'c',
  content: 'Hi',
  ...change,
});

/** Two instances without a store, as a serverless platform starts them: each has its own memory and its own secret. */
async function twoInstances() {
  const [first, second] = [await openTestServices({}), await openTestServices({})];
  const guest = newGuest(Date.now());
  const [secret] = await first.secret.secrets();
  const cookie = `${cookieName(secret, false)}=${signGuest(guest, secret)}`;
  const client = new SessionClient(first.store, { owner: guest.owner, sessionId: SESSION });
  await client.addTurns('a', 'b');
  const sendTo = async (instance: Services, change: Record<string, unknown>) => {
    provideServices(instance);
    const response = await send(
      new Request('http://localhost/api/chat/stream', {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify(bodyOf(change)),
      }),
    );
    await response.body?.cancel();
    return response;
  };
  return { first, second, guest, client, sendTo };
}

it.each<[string, Record<string, unknown>]>([
  ['a message', { lastTurnId: 'b' }],
  ['an edit of the first message', { lastTurnId: 'b', parentId: null }],
  ['an edit of another message', { lastTurnId: 'b', parentId: 'a' }],
  ['a continued reply', { lastTurnId: 'b', continueFrom: 'b', content: '' }],
])(
  '%s to the instance that lacks the conversation is refused, and stores and signs nothing there',
  async (_what, change) => {
    const { second, sendTo } = await twoInstances();
    const refused = await sendTo(second, change);
    expect(refused.status).toBe(503);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await second.store.mayHoldOwners()).toBe(false);
  },
);

it('the instance that has the conversation takes the same message afterwards', async () => {
  const { first, second, guest, client, sendTo } = await twoInstances();
  await sendTo(second, { lastTurnId: 'b' });
  const { run } = await beginTurn(first, guest.owner, parseSend(bodyOf({ lastTurnId: 'b' })), 'en');
  await run?.ended;
  expect(await client.shownIds()).toEqual(['a', 'b', 'c']);
});

it('a message that begins a conversation may begin it anywhere', async () => {
  const { second, guest } = await twoInstances();
  const { run } = await beginTurn(second, guest.owner, parseSend(bodyOf({})), 'en');
  await run?.ended;
  expect(await second.store.mayHoldOwners()).toBe(true);
});
