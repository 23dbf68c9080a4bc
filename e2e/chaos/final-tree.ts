import { setTimeout as pause } from 'node:timers/promises';
import type { Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import type { FinalSession } from './chaos-log';
import type { Answer, GuestClient } from './guest-client';

/** Small, so that paging is part of what is checked. */
const PAGE = 20;
const LOOK_EVERY_MS = 500;
/** A lease of 15 s and 15 s of a steady store, and some. */
const SETTLED_WITHIN_MS = 45_000;

/** The answer, or an end to the run: by now everything is up. */
export function sure<T>(answer: Answer<T>): T {
  if (answer.kind === 'ok') return answer.value;
  throw new Error(`everything is up, and a call was answered with ${JSON.stringify(answer)}`);
}

/** Waits until no conversation of this guest is held by a live turn: reading is what settles the dead ones. */
export async function settled(guest: GuestClient, url: string): Promise<void> {
  const until = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const { sessions } = sure(await guest.sessions(url));
    // What is still live then is found by the checker.
    if (sessions.every(({ activeTurnId }) => activeTurnId === null) || Date.now() > until) return;
    await pause(LOOK_EVERY_MS);
  }
}

/** A conversation with all that was cleared of it restored, and every version of it looked at. */
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
    if (next !== undefined) sure(await guest.choose(url, sessionId, next));
    for (const page of await readPages(guest, url, sessionId)) {
      for (const turn of page.turns) turns.set(turn.id, turn);
      for (const ids of Object.values(page.versions)) ahead.push(...ids);
    }
    for (const id of turns.keys()) visited.add(id);
    next = ahead.find((id) => !visited.has(id));
    if (next === undefined) break;
    visited.add(next);
  }
  const { sessions } = sure(await guest.sessions(url));
  const listed = sessions.find(({ id }) => id === sessionId) ?? null;
  return { client, sessionId, listed, turns: [...turns.values()] };
}

async function restoreAll(guest: GuestClient, url: string, sessionId: string): Promise<void> {
  for (;;) {
    const answer = await guest.restore(url, sessionId);
    if (answer.kind === 'refused' && answer.code === 'not_found') return;
    sure(answer);
  }
}

async function readPages(guest: GuestClient, url: string, sessionId: string): Promise<HistoryAnswer[]> {
  const pages: HistoryAnswer[] = [];
  for (let before: string | undefined; ; ) {
    const page = sure(await guest.history(url, sessionId, { limit: PAGE, before }));
    pages.push(page);
    if (page.nextBefore === null) return pages;
    before = page.nextBefore;
  }
}
