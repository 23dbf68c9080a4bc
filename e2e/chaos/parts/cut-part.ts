import { isDeepStrictEqual } from 'node:util';
import type { Turn } from '@/lib/chat/turn';
import { waitUntilSettled } from '../clients/final-session';
import { GuestClient } from '../clients/guest-client';
import { type ChaosSite, withSite } from '../site/chaos-site';
import { BOUNDARIES, CutReply, EVENTS, type ReplyReader } from './cut-reply';
import type { PartResult } from './part-result';

/** `at once`: all boundaries concurrently, with one kill for all of them. `one by one`: each cut separately. */
export type CutForm = 'at once' | 'one by one';

/** The promises that a cut broke; empty if none. */
type Findings = string[];

/**
 * Cuts the client's connection, cuts the model's connection and kills the server process at every event boundary of a
 * reply of 30 events, then checks what is stored and shown.
 */
export function runCutPart(form: CutForm): Promise<PartResult> {
  return withSite(async (site) => {
    const guest = await GuestClient.visit(site.servers[0].url);
    const each = form === 'at once' ? atOnce : oneByOne;
    const violations = [
      ...(await each((at) => cutClient(site, guest, at))),
      ...(await each((at) => cutModel(site, guest, at))),
    ];
    const kills = form === 'at once' ? [BOUNDARIES] : BOUNDARIES.map((at) => [at]);
    violations.push(...(await cutServers(site, guest, kills)));
    const cuts = BOUNDARIES.length;
    return {
      name: `cut test, ${form}`,
      counts: {
        'client connections cut': cuts,
        'model connections cut': cuts,
        'replies cut by a kill': cuts,
        'kills of the server': kills.length,
      },
      violations,
    };
  });
}

const atOnce = async (cut: (at: number) => Promise<Findings>): Promise<Findings> =>
  (await Promise.all(BOUNDARIES.map(cut))).flat();

async function oneByOne(cut: (at: number) => Promise<Findings>): Promise<Findings> {
  const found: Findings = [];
  for (const at of BOUNDARIES) found.push(...(await cut(at)));
  return found;
}

/** The client's connection breaks: the reply continues, and is complete for a client that returns to any server. */
async function cutClient({ servers, fake }: ChaosSite, guest: GuestClient, at: number): Promise<Findings> {
  const reply = new CutReply(`client-${at}`, guest, 'hold');
  const [a, b] = servers;
  const reader = await reply.send(a.url);
  const request = await reply.modelRequest(fake);
  fake.release({ id: request.id, count: at });
  await reader.until((turn) => reply.hasAtLeast(turn, at));
  await reader.leave();

  // Half of the clients return during the reply, half after it has ended.
  const comesBackLate = at % 2 === 1;
  if (comesBackLate) {
    fake.release({ id: request.id });
    await fake.ended(request.id);
  }
  const back = await Promise.all([reply.follow(a.url), reply.follow(b.url)]);
  const [first] = await Promise.all(back.map((follower) => follower.until(() => true)));
  fake.release({ id: request.id });
  const found = check(reply, at, {
    'the model was read to the end': (await fake.ended(request.id)).state === 'complete',
    'the follower begins with the text already shown': first !== undefined && reply.hasAtLeast(first, at),
  });
  const turns = await endsOf(back);
  turns.push(await reply.inHistory(b.url));
  for (const turn of turns)
    found.push(
      ...check(reply, at, {
        'the reply is done': turn?.status === 'done',
        'the reply is complete': turn !== undefined && reply.hasExactly(turn, EVENTS),
      }),
    );
  return found;
}

/** The model's connection breaks: the turn fails with that reason and keeps the text received. */
async function cutModel({ servers }: ChaosSite, guest: GuestClient, at: number): Promise<Findings> {
  const reply = new CutReply(`model-${at}`, guest, { cutAfter: at });
  const [a, b] = servers;
  const turns = await endsOf([await reply.send(a.url)]);
  turns.push(await reply.inHistory(b.url));
  return turns.flatMap((turn) =>
    check(reply, at, {
      'the turn has failed': turn?.status === 'failed',
      'the reason is a cut': turn?.error?.code === 'model_failed' && turn.error.reason === 'cut',
      'the text is exactly what was received': turn !== undefined && reply.hasExactly(turn, at),
    }),
  );
}

/** A reply whose server was killed. */
interface Killed {
  reply: CutReply;
  at: number;
  /** The number of events that the reader had received: one more than were saved, if there was one more. */
  received: number;
  /** A reader that followed through the other server. */
  follower: ReplyReader;
}

/** The server is killed: every reader sees the turn as interrupted, with at least the text that was saved. */
async function cutServers(site: ChaosSite, guest: GuestClient, kills: number[][]): Promise<Findings> {
  const [a, b] = site.servers;
  const killed: Killed[] = [];
  for (const boundaries of kills) {
    killed.push(...(await Promise.all(boundaries.map((at) => holdAt(site, guest, at)))));
    await a.stop('SIGKILL');
    await a.start();
  }
  const found = await Promise.all(killed.map(({ reply }) => reply.follow(a.url)));
  await waitUntilSettled(guest, b.url);
  return (
    await Promise.all(
      killed.map(async (one, n) => {
        const back = found[n];
        const turns = await endsOf([one.follower, ...(back ? [back] : [])]);
        turns.push(await one.reply.inHistory(a.url));
        return checkKilled(one, turns, await one.reply.sendNext(b.url));
      }),
    )
  ).flat();
}

/** Brings a reply to a boundary: saved up to there, sent one event further, and followed through the other server. */
async function holdAt({ servers, fake }: ChaosSite, guest: GuestClient, at: number): Promise<Killed> {
  const [a, b] = servers;
  const reply = new CutReply(`server-${at}`, guest, 'hold');
  const reader = await reply.send(a.url);
  const request = await reply.modelRequest(fake);
  fake.release({ id: request.id, count: at });
  await reader.until((turn) => reply.hasAtLeast(turn, at));
  const follower = await reply.follow(b.url);
  await follower.until((turn) => reply.hasAtLeast(turn, at));
  const received = Math.min(at + 1, EVENTS);
  if (received > at) fake.release({ id: request.id, count: 1 });
  await reader.until((turn) => reply.hasAtLeast(turn, received));
  return { reply, at, received, follower };
}

function checkKilled(
  { reply, at, received }: Killed,
  turns: (Turn | undefined)[],
  next: Turn | null,
): Findings {
  const [first] = turns;
  const found = check(reply, at, {
    'every reader sees the same turn': turns.every((turn) => turn && first && isDeepStrictEqual(turn, first)),
    'the conversation goes on after it': next?.status === 'done' && next.parentId === first?.id,
  });
  for (const turn of turns)
    found.push(
      ...check(reply, at, {
        'the turn is interrupted': turn?.status === 'interrupted',
        'the saved text is kept': turn !== undefined && reply.hasAtLeast(turn, at),
        'the turn holds nothing that was not sent':
          turn !== undefined && (reply.hasExactly(turn, at) || reply.hasExactly(turn, received)),
      }),
    );
  return found;
}

/** The turn in each reader's `end` event; undefined if none came. */
async function endsOf(readers: readonly ReplyReader[]): Promise<(Turn | undefined)[]> {
  const readings = await Promise.all(readers.map((reader) => reader.over));
  return readings.map(({ ending, turn }) => (ending === 'end' && turn ? turn : undefined));
}

const check = ({ name }: CutReply, at: number, promises: Record<string, boolean>): Findings =>
  Object.entries(promises).flatMap(([promise, isKept]) =>
    isKept ? [] : [`${name} (cut at ${at}): broken: ${promise}`],
  );
