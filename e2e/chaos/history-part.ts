import { setTimeout as pause } from 'node:timers/promises';
import { systemPromptOf } from '@/lib/chat/assistant-prompts';
import { ASSISTANTS } from '@/lib/chat/assistants';
import type { RecordedRequest } from '../support/fake-openai/fake-openai';
import { textOf } from '../support/fake-openai/script';
import { ACTS } from './acts';
import { ChaosClient, type ChaosServer } from './chaos-client';
import { type Asked, type ChaosLog, emptyLog } from './chaos-log';
import { type ChaosSite, withSite } from './chaos-site';
import { checkHistory } from './check-history';
import { type Fault, planFaults, sufferFaults } from './fault-plan';
import { readFinalSession, settled } from './final-tree';
import { GuestClient } from './guest-client';
import { newSession, type OwnSession } from './own-session';
import type { PartResult } from './part';
import { createRandom, type Random } from './random';

export interface HistoryOptions {
  seed: number;
  durationMs: number;
  clients?: number;
}

/** Conversations that a client has with each assistant. */
const SESSIONS_EACH = 2;
/** Between two acts of a client, ms. */
const BREATH_MS = 150;
/** Between two looks at the list of conversations, ms. */
const POLL_MS = 3_000;
const CLIENTS = 20;

/**
 * Many clients on two servers and one Redis, which are killed and come back; then everything that was acknowledged
 * and read is held against what there is.
 */
export function runHistoryPart(options: HistoryOptions): Promise<PartResult> {
  return withSite((site) => chaos(site, options));
}

async function chaos(site: ChaosSite, options: HistoryOptions): Promise<PartResult> {
  const { seed, durationMs, clients: count = CLIENTS } = options;
  const random = createRandom(seed);
  const log = emptyLog(
    Object.fromEntries(ASSISTANTS.map(({ id }) => [id, systemPromptOf(id, 'en')] as const)),
  );
  const places: ChaosServer[] = site.servers.map(({ url }, n) => ({ name: n === 0 ? 'A' : 'B', url }));
  const { url } = random.pick(places);
  const guests = await Promise.all(Array.from({ length: count }, () => GuestClient.visit(url)));
  const clients = guests.map((guest, n) => newClient(n, guest, places, log, random));

  const plan = planFaults(durationMs, random.fork('faults'));
  const end = new AbortController();
  const turnFooter = clients.map((client, n) => act(client, strangersOf(clients, n), end.signal));
  const polling = clients.map((client) => poll(client, end.signal));
  try {
    await Promise.all([sufferFaults(site, plan, random.fork('strikes')), pause(durationMs)]);
  } finally {
    end.abort();
  }
  const operations = (await Promise.all([...turnFooter, ...polling])).reduce((sum, count) => sum + count, 0);

  await readEverything(clients, guests, url, log);
  log.asked = site.fake.requests.map(askedOf);
  return {
    name: 'history checker',
    counts: countsOf(log, plan, operations),
    violations: checkHistory(log).map(({ rule, what }) => `${rule}: ${what}`),
  };
}

/** Two clients share every id that they make: an id says nothing without its owner. */
function newClient(n: number, guest: GuestClient, servers: ChaosServer[], log: ChaosLog, random: Random) {
  const idPrefix = `g${Math.floor(n / 2)}`;
  const sessions = ASSISTANTS.flatMap(({ id }) =>
    Array.from({ length: SESSIONS_EACH }, (_, s) => newSession(`${idPrefix}-${id}-${s}`, id)),
  );
  const name = `c${n}`;
  log.made.push(...sessions.map(({ sessionId, assistantId }) => ({ client: name, sessionId, assistantId })));
  return new ChaosClient(name, sessions, random.fork(name), guest, servers, log, idPrefix);
}

/** Conversations of clients with other ids. */
const strangersOf = (clients: ChaosClient[], n: number): OwnSession[] =>
  clients.flatMap(({ sessions }, other) => (Math.floor(other / 2) === Math.floor(n / 2) ? [] : sessions));

async function act(client: ChaosClient, strangers: OwnSession[], end: AbortSignal): Promise<number> {
  end.addEventListener('abort', () => client.giveUp());
  let acts = 0;
  for (; !end.aborted; acts += 1) {
    await client.random.weighted(ACTS).run(client, client.random.pick(client.sessions), strangers);
    await pause(client.random.between(0, BREATH_MS));
  }
  return acts;
}

/** As a page does for the conversations that are not on screen. */
async function poll(client: ChaosClient, end: AbortSignal): Promise<number> {
  let looks = 0;
  for (; !end.aborted; looks += 1) {
    await client.list();
    await pause(POLL_MS);
  }
  return looks;
}

/** When all is settled: every conversation whole, and every turn that anybody knows of by its id. */
async function readEverything(clients: ChaosClient[], guests: GuestClient[], url: string, log: ChaosLog) {
  await Promise.all(guests.map((guest) => settled(guest, url)));
  await Promise.all(
    clients.map(async (client, n) => {
      const guest = guests[n];
      if (!guest) return;
      for (const { sessionId } of client.sessions)
        log.final.push(await readFinalSession(guest, url, client.name, sessionId));
      for (const session of client.sessions) {
        session.wasCleared = false;
        for (const turnId of new Set(session.turnIds))
          await client.follow(session, turnId, Number.POSITIVE_INFINITY);
      }
    }),
  );
}

function askedOf({ messages }: RecordedRequest): Asked {
  const [system, ...rest] = messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  return { system: system?.content ?? '', messages: rest };
}

function countsOf(log: ChaosLog, plan: Fault[], operations: number): Record<string, number> {
  const seen = (kind: string) => log.seen.filter((one) => one.kind === kind).length;
  const faults = (kind: Fault['kind']) => plan.filter((fault) => fault.kind === kind).length;
  const stored = log.final.flatMap(({ turns }) => turns);
  const ended = (status: string) => stored.filter((turn) => turn.status === status).length;
  return {
    operations,
    'kills of servers': faults('kill server'),
    'restarts of servers': faults('end server'),
    'freezes of servers': faults('freeze server'),
    'kills of Redis': faults('kill redis'),
    'turns sent': log.sent.length,
    acknowledgements: seen('acknowledged'),
    'turns kept': stored.length,
    done: ended('done'),
    stopped: ended('stopped'),
    interrupted: ended('interrupted'),
    'histories read': seen('history'),
    'lists read': seen('list'),
    refusals: seen('refused'),
  };
}
