import type { ChaosClient } from './chaos-client';
import type { OwnSession } from './own-session';

interface Act {
  weight: number;
  run(client: ChaosClient, session: OwnSession, others: readonly OwnSession[]): Promise<unknown>;
}

const TO_THE_END = Number.POSITIVE_INFINITY;

/** How many events of a reply somebody watches before going elsewhere. */
const patienceOf = ({ random }: ChaosClient): number =>
  random.chance(0.4) ? TO_THE_END : random.between(0, 12);

/** Where a new turn goes: mostly on, sometimes a new root or a version of something older. */
function parentOf({ random }: ChaosClient, { turnIds }: OwnSession): string | null | undefined {
  if (random.chance(0.7)) return undefined;
  if (turnIds.length === 0 || random.chance(0.3)) return null;
  return random.pick(turnIds);
}

/** What people do, and how often. A row here is all that a new habit needs. */
export const ACTS: readonly Act[] = [
  {
    weight: 6, // sends, and stays or leaves
    run: (client, session) =>
      client.sendFromOutbox(session, client.compose(session, parentOf(client, session)), patienceOf(client)),
  },
  {
    weight: 2, // the same send to both servers at once, and once more
    async run(client, session) {
      const sent = client.compose(session, parentOf(client, session));
      const servers = [...client.servers, client.anyServer()];
      await Promise.all(servers.map((server) => client.send(session, sent, patienceOf(client), server)));
    },
  },
  {
    weight: 1, // two tabs send different things at once: one of them holds the conversation
    async run(client, session) {
      const sends = client.servers.map((server) =>
        client.send(session, client.compose(session), patienceOf(client), server),
      );
      await Promise.all(sends);
      session.mustShow = undefined;
    },
  },
  {
    weight: 3, // comes back: a reload, or a switch to another conversation
    async run(client, session) {
      const history = await client.readHistory(session);
      if (history?.activeTurnId) await client.follow(session, history.activeTurnId, patienceOf(client));
    },
  },
  {
    weight: 2, // sends, goes away, and stops from anywhere a moment later
    async run(client, session) {
      await client.sendFromOutbox(session, client.compose(session), client.random.between(0, 8));
      if (session.liveTurnId) await client.stop(session, session.liveTurnId);
    },
  },
  {
    weight: 1, // stops what is live, or long over
    async run(client, session) {
      const turnId = session.liveTurnId ?? session.turnIds.at(-1);
      if (turnId) await client.stop(session, turnId);
    },
  },
  {
    weight: 1, // looks at another version
    async run(client, session) {
      if (session.turnIds.length) await client.choose(session, client.random.pick(session.turnIds));
      await client.readHistory(session);
    },
  },
  { weight: 0.4, run: (client, session) => client.clearOrRestore(session, 'clear') },
  { weight: 0.6, run: (client, session) => client.clearOrRestore(session, 'restore') },
  { weight: 0.7, run: (client, _, others) => client.probe(client.random.pick(others)) },
  { weight: 0.7, run: (client, session) => client.breakRules(session) },
];
