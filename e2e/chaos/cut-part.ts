import type { Turn } from '@/lib/chat/turn';
import { type ChaosSite, withSite } from './chaos-site';
import { BOUNDARIES, CutReply, EVENTS, type Reader } from './cut-reply';
import { settled } from './final-tree';
import { GuestClient } from './guest-client';
import type { PartResult } from './part';
import { sameTurn } from './same-turn';

/** `at once`: all boundaries together, and one kill for all. `one by one`: each cut by itself. */
export type CutForm = 'at once' | 'one by one';

/** What one cut broke: empty if nothing. */
type Findings = string[];

/**
 * Cuts the client's connection, the model's connection and the server process at every event boundary of a reply of
 * 30 events, and looks at what is kept and shown.
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

/** The reader's connection goes: the reply goes on, and is whole for who comes back, to any server. */
async function cutClient({ servers, fake }: ChaosSite, guest: GuestClient, at: number): Promise<Findings> {
  const reply = new CutReply(`client-${at}`, guest, 'hold');
  const [a, b] = servers;
  const reader = await reply.send(a.url);
  const request = await reply.asked(fake);
  fake.release({ id: request.id, count: at });
  await reader.until((turn) => reply.shows(turn, at));
  await reader.leave();

  // Half of the readers come back while the reply goes on, half when it is over.
  const comesBackLate = at % 2 === 1;
  if (comesBackLate) {
    fake.release({ id: request.id });
    await fake.ended(request.id);
  }
  const back = await Promise.all([reply.follow(a.url), reply.follow(b.url)]);
  const [first] = await Promise.all(back.map((follower) => follower.until(() => true)));
  fake.release({ id: request.id });
  const found = check(reply, at, {
    'the model was heard to the end': (await fake.ended(request.id)).state === 'complete',
    'the follower begins with what was told': first !== undefined && reply.shows(first, at),
  });
  const turns = await endsOf(back);
  turns.push(await reply.inHistory(b.url));
  for (const turn of turns)
    found.push(
      ...check(reply, at, {
        'the reply is done': turn?.status === 'done',
        'the reply is whole': turn !== undefined && reply.isExactly(turn, EVENTS),
      }),
    );
  return found;
}

/** The model's connection goes: the turn has failed for that reason, and what had come is kept. */
async function cutModel({ servers }: ChaosSite, guest: GuestClient, at: number): Promise<Findings> {
  const reply = new CutReply(`model-${at}`, guest, { cutAfter: at });
  const [a, b] = servers;
  const turns = await endsOf([await reply.send(a.url)]);
  turns.push(await reply.inHistory(b.url));
  return turns.flatMap((turn) =>
    check(reply, at, {
      'the turn has failed': turn?.status === 'failed',
      'the reason is a cut': turn?.error?.code === 'model_failed' && turn.error.reason === 'cut',
      'the text is exactly what had come': turn !== undefined && reply.isExactly(turn, at),
    }),
  );
}

/** A reply when its server was killed. */
interface Killed {
  reply: CutReply;
  at: number;
  /** Events that the reader had been told; one more than were saved, where there was one more. */
  told: number;
  /** Whoever followed at the other server. */
  elsewhere: Reader;
}

/** The server goes: the turn is interrupted, with at least what was saved, for whoever followed and whoever comes. */
async function cutServers(site: ChaosSite, guest: GuestClient, kills: number[][]): Promise<Findings> {
  const [a, b] = site.servers;
  const killed: Killed[] = [];
  for (const boundaries of kills) {
    killed.push(...(await Promise.all(boundaries.map((at) => holdAt(site, guest, at)))));
    await a.stop('SIGKILL');
    await a.start();
  }
  const found = await Promise.all(killed.map(({ reply }) => reply.follow(a.url)));
  await settled(guest, b.url);
  return (
    await Promise.all(
      killed.map(async (one, n) => {
        const back = found[n];
        const turns = await endsOf([one.elsewhere, ...(back ? [back] : [])]);
        turns.push(await one.reply.inHistory(a.url));
        return checkKilled(one, turns, await one.reply.next(b.url));
      }),
    )
  ).flat();
}

/** Brings a reply to a boundary: saved up to there, told one event further, followed at the other server. */
async function holdAt({ servers, fake }: ChaosSite, guest: GuestClient, at: number): Promise<Killed> {
  const [a, b] = servers;
  const reply = new CutReply(`server-${at}`, guest, 'hold');
  const reader = await reply.send(a.url);
  const request = await reply.asked(fake);
  fake.release({ id: request.id, count: at });
  await reader.until((turn) => reply.shows(turn, at));
  const elsewhere = await reply.follow(b.url);
  await elsewhere.until((turn) => reply.shows(turn, at));
  const told = Math.min(at + 1, EVENTS);
  if (told > at) fake.release({ id: request.id, count: 1 });
  await reader.until((turn) => reply.shows(turn, told));
  return { reply, at, told, elsewhere };
}

function checkKilled({ reply, at, told }: Killed, turns: (Turn | undefined)[], next: Turn | null): Findings {
  const [first] = turns;
  const found = check(reply, at, {
    'everybody is told the same': turns.every((turn) => turn && first && sameTurn(turn, first)),
    'the conversation goes on after it': next?.status === 'done' && next.parentId === first?.id,
  });
  for (const turn of turns)
    found.push(
      ...check(reply, at, {
        'the turn is interrupted': turn?.status === 'interrupted',
        'what was saved is kept': turn !== undefined && reply.shows(turn, at),
        'nothing is kept that was not said':
          turn !== undefined && (reply.isExactly(turn, at) || reply.isExactly(turn, told)),
      }),
    );
  return found;
}

/** The turns that the readers' `end` told; undefined where none came. */
async function endsOf(readers: readonly Reader[]): Promise<(Turn | undefined)[]> {
  const readings = await Promise.all(readers.map((reader) => reader.over));
  return readings.map(({ how, turn }) => (how === 'end' && turn ? turn : undefined));
}

const check = ({ name }: CutReply, at: number, promises: Record<string, boolean>): Findings =>
  Object.entries(promises).flatMap(([promise, isKept]) =>
    isKept ? [] : [`${name} (cut at ${at}): not true that ${promise}`],
  );
