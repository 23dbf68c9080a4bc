import { setTimeout as pause } from 'node:timers/promises';
import { systemPromptOf } from '@/lib/chat/assistant-prompts';
import { ASSISTANTS } from '@/lib/chat/assistants';
import type { RecordedRequest } from '../../support/fake-openai/fake-openai';
import { textOf } from '../../support/fake-openai/script';
import { type ChaosLog, emptyLog, type ModelRequest } from '../checks/chaos-log';
import { checkHistory } from '../checks/check-history';
import { ACTS } from '../clients/acts';
import { ChaosClient, type ChaosServer } from '../clients/chaos-client';
import { type ClientSession, newSession } from '../clients/client-session';
import { readFinalSession, waitUntilSettled } from '../clients/final-session';
import { GuestClient } from '../clients/guest-client';
import { createRandom, type Random } from '../random';
import { type ChaosSite, type SiteForm, withSite } from '../site/chaos-site';
import { type Fault, injectFaults, planFaults } from '../site/fault-plan';
import type { PartResult } from './part-result';

export interface HistoryOptions {
  seed: number;
  durationMs: number;
  clients?: number;
  /** How clients reach the servers. */
  form?: SiteForm;
}

/** The number of conversations that each client has with each assistant. */
const SESSIONS_EACH = 2;
/** A client pauses for at most this long between two acts. */
const MAX_PAUSE_MS = 150;
/** The interval at which each client reads the list of conversations. */
const POLL_MS = 3_000;
const CLIENTS = 20;

/**
 * Many clients use two servers and one Redis, all of which are killed and restarted. Afterwards everything that was
 * acknowledged and read is compared with what is stored.
 */
export function runHistoryPart(options: HistoryOptions): Promise<PartResult> {
  return withSite((site) => chaos(site, options), options.form);
}

async function chaos(site: ChaosSite, options: HistoryOptions): Promise<PartResult> {
  const { seed, durationMs, clients: count = CLIENTS } = options;
  const random = createRandom(seed);
  const log = emptyLog(
    Object.fromEntries(ASSISTANTS.map(({ id }) => [id, systemPromptOf(id, 'en')] as const)),
  );
  const servers: ChaosServer[] = site.urls.map((url) => ({
    // Behind a proxy nobody knows which server answers, so both are one.
    name: url === site.urls[0] ? 'A' : 'B',
    url,
  }));
  const { url } = random.pick(servers);
  const guests = await Promise.all(Array.from({ length: count }, () => GuestClient.visit(url)));
  const clients = guests.map((guest, n) => newClient(n, guest, servers, log, random));

  const plan = planFaults(durationMs, random.fork('faults'));
  const end = new AbortController();
  const acting = clients.map((client, n) => act(client, foreignSessionsOf(clients, n), end.signal));
  const polling = clients.map((client) => poll(client, end.signal));
  try {
    await Promise.all([injectFaults(site, plan, random.fork('strikes')), pause(durationMs)]);
  } finally {
    end.abort();
  }
  const operations = (await Promise.all([...acting, ...polling])).reduce((sum, count) => sum + count, 0);

  await readEverything(clients, guests, url, log);
  log.modelRequests = site.fake.requests.map(modelRequestOf);
  return {
    name: options.form === 'nginx' ? 'history checker, nginx before a Redis Cluster' : 'history checker',
    counts: countsOf(log, plan, operations),
    violations: checkHistory(log).map(({ rule, what }) => `${rule}: ${what}`),
  };
}

/** Pairs of clients use the same ids, which tests that an id alone gives no access. */
function newClient(n: number, guest: GuestClient, servers: ChaosServer[], log: ChaosLog, random: Random) {
  const idPrefix = `g${Math.floor(n / 2)}`;
  const sessions = ASSISTANTS.flatMap(({ id }) =>
    Array.from({ length: SESSIONS_EACH }, (_, s) => newSession(`${idPrefix}-${id}-${s}`, id)),
  );
  const name = `c${n}`;
  log.created.push(
    ...sessions.map(({ sessionId, assistantId }) => ({ client: name, sessionId, assistantId })),
  );
  return new ChaosClient(name, sessions, random.fork(name), guest, servers, log, idPrefix);
}

/** The conversations of clients with other ids. */
const foreignSessionsOf = (clients: ChaosClient[], n: number): ClientSession[] =>
  clients.flatMap(({ sessions }, other) => (Math.floor(other / 2) === Math.floor(n / 2) ? [] : sessions));

async function act(client: ChaosClient, foreignSessions: ClientSession[], end: AbortSignal): Promise<number> {
  end.addEventListener('abort', () => client.giveUp());
  let acts = 0;
  for (; !end.aborted; acts += 1) {
    await client.random.weighted(ACTS).run(client, client.random.pick(client.sessions), foreignSessions);
    await pause(client.random.between(0, MAX_PAUSE_MS));
  }
  return acts;
}

/** Reads the list of conversations at intervals, as a page does. */
async function poll(client: ChaosClient, end: AbortSignal): Promise<number> {
  let reads = 0;
  for (; !end.aborted; reads += 1) {
    await client.list();
    await pause(POLL_MS);
  }
  return reads;
}

/** Once every turn has ended, reads every conversation completely and every turn by its id. */
async function readEverything(clients: ChaosClient[], guests: GuestClient[], url: string, log: ChaosLog) {
  await Promise.all(guests.map((guest) => waitUntilSettled(guest, url)));
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

function modelRequestOf({ messages }: RecordedRequest): ModelRequest {
  const [system, ...rest] = messages.map(({ role, content }) => ({ role, content: textOf(content) }));
  return { system: system?.content ?? '', messages: rest };
}

function countsOf(log: ChaosLog, plan: Fault[], operations: number): Record<string, number> {
  const seen = (kind: string) => log.observations.filter((one) => one.kind === kind).length;
  const faults = (kind: Fault['kind']) => plan.filter((fault) => fault.kind === kind).length;
  const stored = log.final.flatMap(({ turns }) => turns);
  const ended = (status: string) => stored.filter((turn) => turn.status === status).length;
  return {
    operations,
    'kills of servers': faults('kill server'),
    'restarts of servers': faults('stop server'),
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
