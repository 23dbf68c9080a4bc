import type { Session } from '@/lib/chat/session';
import { decodeId, encodeId } from '../encode-id';
import { hashUserMessage } from '../hash-user-message';
import {
  HISTORY_PAGE_BYTES,
  HISTORY_READ_TURNS,
  type HistoryPage,
  type SessionRef,
  type SessionsPage,
  type Store,
  type StoredTurn,
  type TurnRef,
  UNDO_MS,
} from '../store';
import { parseTurn } from '../stored-turn';
import { anyMetaOf, integer, isLiveAt, META, type Meta, metaOf, sessionOf } from './meta';
import type { RedisCommands } from './redis-commands';
import { fillIn, runScript } from './script';
import { groups, list, meta, number, storedIn, text, texts } from './script-result';
import { BLANK } from './scripts/blank';
import { FILL_USER_HASHES } from './scripts/fill-user-hashes';
import { HISTORY } from './scripts/history';
import { SESSIONS } from './scripts/sessions';

type At = { now: number };

/** `Store.turn`: one command, cheap enough to follow a turn by polling. */
export async function readTurn(redis: RedisCommands, ref: TurnRef & At): Promise<StoredTurn | null> {
  const id = encodeId(ref.turnId);
  const found = await access(redis, ref, [`turn:${id}`, `side:${id}`]);
  const [json, side] = found?.more ?? [];
  return found && typeof side === 'string' ? storedIn(found.meta, id, json, side) : null;
}

export async function readSession(redis: RedisCommands, ref: SessionRef & At): Promise<Session | null> {
  const found = await access(redis, ref, []);
  return found && sessionOf(encodeId(ref.sessionId), found.meta);
}

async function access(
  redis: RedisCommands,
  ref: SessionRef & At,
  more: string[],
): Promise<{ meta: Meta; more: (string | null)[] } | null> {
  const [key = ''] = redis.keys.session(ref);
  const read = async () => texts(await redis.call('hmget', key, ...META, ...more));
  let values = await read();
  const before = metaOf(values);
  if (!before || !isLiveAt(before, ref.now)) return null;
  // A deleted turn whose undo has run out is blanked before anything is returned.
  if (isBlankDue(before, ref.now)) {
    await runScript(redis, BLANK, redis.keys.session(ref), { now: ref.now });
    values = await read();
  }
  const found = metaOf(values);
  return found && { meta: found, more: values.slice(META.length) };
}

const isBlankDue = ({ trash }: Meta, now: number): boolean =>
  trash
    .split(' ')
    .filter((entry) => entry !== '')
    .some((entry) => integer(entry.slice(entry.lastIndexOf('@') + 1)) + UNDO_MS <= now);

/** `Store.history`: one round trip, and two more to fill in the hashes of versions that the first release stored. */
export async function readHistory(
  redis: RedisCommands,
  query: Parameters<Store['history']>[0],
): Promise<HistoryPage> {
  const reply = list(
    await runScript(redis, HISTORY, redis.keys.session(query), {
      before: query.before === undefined ? '' : encodeId(query.before),
      limit: query.limit,
      step: HISTORY_READ_TURNS,
      maxBytes: HISTORY_PAGE_BYTES,
      now: query.now,
    }),
  );
  if (reply.length === 0)
    return { session: null, total: 0, turns: [], versions: {}, userHashes: {}, nextBefore: null };
  const [fields, total, more, rows, versions] = reply;
  const session = meta(fields);
  const turns = groups(rows, 3)
    .map(([id, json, side]) => storedIn(session, text(id), json, side))
    .reverse();
  return {
    session: sessionOf(encodeId(query.sessionId), session),
    total: number(total),
    turns,
    ...(await versionsOf(redis, query, groups(versions, 3))),
    nextBefore: text(more) === '1' ? (turns[0]?.turn.id ?? null) : null,
  };
}

/** Reads rows of `{turn, version, hash}`. A version without a hash is read once, and its hash stored. */
async function versionsOf(
  redis: RedisCommands,
  query: SessionRef & At,
  rows: readonly (readonly unknown[])[],
): Promise<Pick<HistoryPage, 'versions' | 'userHashes'>> {
  const versions: HistoryPage['versions'] = {};
  const hashes = new Map<string, string>();
  for (const [turn, version, hash] of rows) {
    const id = decodeId(text(turn));
    versions[id] = [...(versions[id] ?? []), decodeId(text(version))];
    hashes.set(text(version), text(hash));
  }
  const lacking = [...hashes].filter(([, hash]) => hash === '').map(([id]) => id);
  if (lacking.length > 0) {
    const [key = ''] = redis.keys.session(query);
    const turns = texts(await redis.call('hmget', key, ...lacking.map((id) => `turn:${id}`)));
    for (const [n, id] of lacking.entries()) {
      // Missing if its session was removed a moment ago.
      const json = turns[n];
      if (json) hashes.set(id, hashUserMessage(parseTurn(json).user));
    }
    await fillIn(redis, FILL_USER_HASHES, redis.keys.session(query), {
      hashes: lacking.map((id) => `${id} ${hashes.get(id)}`).join(' '),
      now: query.now,
    });
  }
  return {
    versions,
    userHashes: Object.fromEntries([...hashes].map(([id, hash]) => [decodeId(id), hash])),
  };
}

/** `Store.sessions`: one round trip. */
export async function readSessions(
  redis: RedisCommands,
  query: Parameters<Store['sessions']>[0],
): Promise<SessionsPage> {
  const reply = await runScript(redis, SESSIONS, redis.keys.sessions(query.owner), {
    assistant: query.assistantId === undefined ? '' : encodeId(query.assistantId),
    before: query.before === undefined ? '' : encodeId(query.before),
    limit: query.limit,
    now: query.now,
  });
  const [total, more, rows] = list(reply);
  const sessions = groups(rows, 2).map(([id, fields]) => sessionOf(text(id), anyMetaOf(texts(fields))));
  return {
    sessions,
    total: number(total),
    nextBefore: text(more) === '1' ? (sessions.at(-1)?.id ?? null) : null,
  };
}
