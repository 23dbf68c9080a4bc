import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { cookieName, type Guest, newGuest, signGuest } from '@/lib/server/identity/guest-cookie';
import { openStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import type { AppServer } from './servers/app-server';

export interface Seed {
  turns: number;
  /** Defaults to `assistant`. */
  assistantId?: string;
  /** The owner. Defaults to a new guest, so that a page with its cookie opens on this conversation. */
  guest?: Guest;
  /** The texts of the n-th turn, from 0. Defaults to a few short paragraphs. */
  texts?: (n: number) => { message: string; reply: string };
}

export interface SeededConversation {
  guest: Guest;
  sessionId: string;
  /** Oldest first. */
  turnIds: string[];
  /** For `context.addCookies([{ ...cookie, url }])`, or as a `cookie` header. */
  cookie: { name: string; value: string };
}

const MINUTE_MS = 60_000;

/**
 * Writes a conversation of finished turns to a server's SQLite file, through the `Store` interface. The turns are a
 * minute apart and the newest is now. The server may be running; it sees the turns at its next read. 5,000 turns take
 * a few seconds.
 */
export async function seedConversation(dataDir: string, seed: Seed): Promise<SeededConversation> {
  const store = await openStore({ driver: 'sqlite', path: join(dataDir, 'confab.sqlite') });
  try {
    const { turns, assistantId = 'assistant', guest = newGuest(Date.now()), texts = defaultTexts } = seed;
    const ref = { owner: guest.owner, sessionId: newId() };
    const newest = Date.now();
    const turnIds: string[] = [];
    for (let n = 0; n < turns; n++) {
      const { message, reply } = texts(n);
      const now = newest - (turns - 1 - n) * MINUTE_MS;
      const turn = startTurn({ id: newId(), assistantId, content: message, model: 'fake:seeded', now });
      await storeTurn(store, ref, turn, reply);
      turnIds.push(turn.id);
    }
    // The name under which the server keeps its cookie secret (`AuthSecret`), created by the first process that asks.
    const secret = await store.secret('auth', newId());
    const cookie = { name: cookieName(secret, false), value: signGuest(guest, secret) };
    return { guest, sessionId: ref.sessionId, turnIds, cookie };
  } finally {
    await store.close();
  }
}

/** Seeds a conversation and gives the context its guest's cookie, so that the next page opens on it. */
export async function seedAndSignIn(
  app: AppServer,
  context: BrowserContext,
  seed: Seed,
): Promise<SeededConversation> {
  const conversation = await seedConversation(app.dataDir, seed);
  await context.addCookies([{ ...conversation.cookie, url: app.url }]);
  return conversation;
}

async function storeTurn(
  store: Store,
  ref: { owner: string; sessionId: string },
  turn: Turn,
  reply: string,
): Promise<void> {
  const now = turn.createdAt;
  const token = turn.id;
  const preview = reply.slice(0, 80);
  const begun = await store.begin({
    ...ref,
    turn,
    lease: { token, endsAt: now + MINUTE_MS },
    title: turn.user.content.slice(0, 60),
    preview,
    ttlMs: null,
    contextTurns: 0,
    now,
  });
  if (begun.kind !== 'begun') throw new Error(`A turn could not be seeded: ${begun.kind}.`);
  const ended: Turn = {
    ...begun.turn,
    reply: { ...begun.turn.reply, content: reply },
    status: 'done',
    finishReason: 'stop',
    usage: { inputTokens: 40, outputTokens: 120 },
    timing: { firstTokenMs: 400, totalMs: 2400 },
  };
  const written = await store.write({
    ...ref,
    turnId: turn.id,
    token,
    turn: ended,
    preview,
    endsAt: now,
    now,
  });
  if (!written.held) throw new Error('A turn could not be seeded: its lease was lost.');
}

/** Texts of varying length, so that no two consecutive turns have the same height. */
const defaultTexts = (n: number) => ({
  message: `Question ${n}: ${'and what of it? '.repeat(1 + (n % 3)).trim()}`,
  reply: [
    `Answer ${n}. ${'A sentence of a plain reply, in **Markdown**. '.repeat(1 + (n % 7)).trim()}`,
    ...Array.from({ length: n % 4 }, (_, k) => `- point ${k + 1} of answer ${n}`),
  ].join('\n\n'),
});
