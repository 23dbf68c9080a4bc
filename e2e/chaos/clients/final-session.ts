import { setTimeout as pause } from 'node:timers/promises';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import type { FinalSession } from '../checks/chaos-log';
import type { ApiResult, GuestClient } from './guest-client';

/** Small, so that paging is checked too. */
const PAGE = 20;
const CHECK_EVERY_MS = 500;
/** The lease of 15 s, plus 15 s in which the store must result without a gap, plus a margin. */
const SETTLED_WITHIN_MS = 45_000;

/** The value of a successful call. @throws otherwise, because every server is running by now. */
export function unwrap<T>(result: ApiResult<T>): T {
  if (result.kind === 'ok') return result.value;
  throw new Error(`A call failed although every server is running: ${JSON.stringify(result)}`);
}

/** Waits until no conversation of this guest has a live turn. Reading the list settles turns whose producer died. */
export async function waitUntilSettled(guest: GuestClient, url: string): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { sessions } = unwrap(await guest.sessions(url));
    // The checker reports turns that are still live at the deadline.
    if (sessions.every(({ activeTurnId }) => activeTurnId === null) || Date.now() > until) return;
    await pause(CHECK_EVERY_MS);
  }
}

/** Reads a whole conversation: restores what was cleared, then visits every version. */
export async function readFinalSession(
  guest: GuestClient,
  url: string,
  client: string,
  sessionId: string,
): Promise<FinalSession> {
  await restoreAll(guest, url, sessionId);
  const turns = new Map<string, Turn>();
  const ahead: string[] = [];
  const visited = new Set<string>();
  for (let next: string | undefined; ; ) {
    if (next !== undefined) unwrap(await guest.choose(url, sessionId, next));
    for (const page of await readPages(guest, url, sessionId)) {
      for (const turn of page.turns) turns.set(turn.id, turn);
      for (const ids of Object.values(page.versions)) ahead.push(...ids);
    }
    for (const id of turns.keys()) visited.add(id);
    next = ahead.find((id) => !visited.has(id));
    if (next === undefined) break;
    visited.add(next);
  }
  const { sessions } = unwrap(await guest.sessions(url));
  const listed = sessions.find(({ id }) => id === sessionId) ?? null;
  return { client, sessionId, listed, turns: [...turns.values()] };
}

async function restoreAll(guest: GuestClient, url: string, sessionId: string): Promise<void> {
  for (;;) {
    const result = await guest.restore(url, sessionId);
    if (result.kind === 'refused' && result.code === 'not_found') return;
    unwrap(result);
  }
}

async function readPages(guest: GuestClient, url: string, sessionId: string): Promise<HistoryAnswer[]> {
  const pages: HistoryAnswer[] = [];
  for (let before: string | undefined; ; ) {
    const page = unwrap(await guest.history(url, sessionId, { limit: PAGE, before }));
    pages.push(page);
    if (page.nextBefore === null) return pages;
    before = page.nextBefore;
  }
}
