import type { ChaosClient } from './chaos-client';
import type { ClientSession } from './client-session';

interface Act {
  weight: number;
  run(client: ChaosClient, session: ClientSession, others: readonly ClientSession[]): Promise<unknown>;
}

const TO_THE_END = Number.POSITIVE_INFINITY;

/** How many events of a reply the client reads before it leaves. */
const eventLimitOf = ({ random }: ChaosClient): number =>
  random.chance(0.4) ? TO_THE_END : random.between(0, 12);

/** The parent of a new turn: usually the head, sometimes none (a new root) or an older turn (a version). */
function parentOf({ random }: ChaosClient, { turnIds }: ClientSession): string | null | undefined {
  if (random.chance(0.7)) return undefined;
  if (turnIds.length === 0 || random.chance(0.3)) return null;
  return random.pick(turnIds);
}

/** What clients do, and how often. */
export const ACTS: readonly Act[] = [
  {
    weight: 6, // sends, and reads the reply or leaves
    run: (client, session) =>
      client.sendFromOutbox(
        session,
        client.compose(session, parentOf(client, session)),
        eventLimitOf(client),
      ),
  },
  {
    weight: 2, // sends the same turn to both servers at once, and to one of them again
    async run(client, session) {
      const sent = client.compose(session, parentOf(client, session));
      const servers = [...client.servers, client.anyServer()];
      await Promise.all(servers.map((server) => client.send(session, sent, eventLimitOf(client), server)));
    },
  },
  {
    weight: 1, // two browser tabs send different messages at once: only one can be accepted
    async run(client, session) {
      const sends = client.servers.map((server) =>
        client.send(session, client.compose(session), eventLimitOf(client), server),
      );
      await Promise.all(sends);
      session.mustShow = undefined;
    },
  },
  {
    weight: 3, // reads a conversation again, as after a reload or a switch
    async run(client, session) {
      const history = await client.readHistory(session);
      if (history?.activeTurnId) await client.follow(session, history.activeTurnId, eventLimitOf(client));
    },
  },
  {
    weight: 2, // sends, leaves, and a moment later stops the reply through any server
    async run(client, session) {
      await client.sendFromOutbox(session, client.compose(session), client.random.between(0, 8));
      if (session.liveTurnId) await client.stop(session, session.liveTurnId);
    },
  },
  {
    weight: 1, // stops a reply that is live, or one that has long ended
    async run(client, session) {
      const turnId = session.liveTurnId ?? session.turnIds.at(-1);
      if (turnId) await client.stop(session, turnId);
    },
  },
  {
    weight: 1, // switches to another version
    async run(client, session) {
      if (session.turnIds.length) await client.choose(session, client.random.pick(session.turnIds));
      await client.readHistory(session);
    },
  },
  { weight: 0.4, run: (client, session) => client.clearOrRestore(session, 'clear') },
  { weight: 0.6, run: (client, session) => client.clearOrRestore(session, 'restore') },
  { weight: 0.7, run: (client, _, others) => client.readForeign(client.random.pick(others)) },
  { weight: 0.7, run: (client, session) => client.sendInvalid(session) },
];
