import type { BrowserContext } from '@playwright/test';
import { type Seed, type SeededConversation, seedConversation } from './seed-conversation';
import type { AppServer } from './servers/app-server';

/** A page of this context opens on a conversation of that many turns. */
export async function seeded(
  app: AppServer,
  context: BrowserContext,
  seed: Seed,
): Promise<SeededConversation> {
  const conversation = await seedConversation(app.dataDir, seed);
  await context.addCookies([{ ...conversation.cookie, url: app.url }]);
  return conversation;
}
