import { decodeId, encodeId } from '../encode-id';
import { joinedSessionId } from '../joined-session-id';
import type { JoinResult, Store } from '../store';
import { CorruptRecord } from '../store-error';
import { copyKey } from './copy-key';
import { deleteOwner } from './devices';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { groups, list, text } from './script-result';
import { SCAN_OWNER } from './scripts/devices';
import { ADOPT_IMAGE } from './scripts/images';
import { ADOPT_CLAIMS, ADOPT_SESSION, BEGIN_JOIN } from './scripts/join-owner';

type Request = Parameters<Store['joinOwner']>[0];

/**
 * `Store.joinOwner`. On a Cluster the keys of two owners are on different servers, so each key is read and written again:
 * first to a copy beside the new owner's keys, which one script then puts in their place. Nothing of the old owner is
 * removed before all of it has arrived.
 */
export async function joinOwner(redis: RedisCommands, request: Request): Promise<JoinResult> {
  const { from, device, to, now } = request;
  const prefix = redis.keys.ownerPrefix(from);
  const begun = await runScript(redis, BEGIN_JOIN, [redis.keys.devices(from)], {
    device: device ? encodeId(device.id) : '',
    issuedAt: device?.issuedAt ?? '',
    to: encodeId(to),
    now,
  });
  if (text(begun) === '0') return { kind: 'revoked' };
  const names = (await keysOf(redis, from)).map((key) => key.slice(prefix.length)).sort();
  const sessions = [...new Set(names.map(sessionOf).filter((id) => id !== null))];
  for (const session of sessions) {
    const active = await redis.call('hget', `${prefix}session:${session}`, 'active');
    if (active) return { kind: 'busy', sessionId: decodeId(session), turnId: decodeId(text(active)) };
  }
  const moved = new Map<string, string>();
  for (const session of sessions) moved.set(session, await moveSession(redis, request, session, names));
  for (const name of names) if (/^image:[^:]+$/.test(name)) await moveImage(redis, request, name, moved);
  await deleteOwner(redis, { owner: from, now });
  await redis.call('del', `${redis.keys.ownerPrefix(to)}joined`);
  return { kind: 'joined' };
}

/** Of the keys `session:<id>`, `shown:<id>` and `hidden:<id>`, with or without more behind the id. */
const sessionOf = (name: string): string | null =>
  /^(?:session|shown|hidden):([^:]+)/.exec(name)?.[1] ?? null;

async function keysOf(redis: RedisCommands, owner: string): Promise<string[]> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const [next, page] = list(await runScript(redis, SCAN_OWNER, [redis.keys.devices(owner)], { cursor }));
    for (const key of list(page)) keys.add(text(key));
    cursor = text(next);
  } while (cursor !== '0');
  return [...keys];
}

/** Returns its new id, encoded. */
async function moveSession(
  redis: RedisCommands,
  { from, to, now }: Request,
  session: string,
  names: readonly string[],
): Promise<string> {
  const copy = `${redis.keys.ownerPrefix(to)}joining:${encodeId(from)}:`;
  const own = names.filter((name) => sessionOf(name) === session);
  const copied: string[] = [];
  for (const name of own) {
    if (await copyKey(redis, `${redis.keys.ownerPrefix(from)}${name}`, `${copy}${name}`)) copied.push(name);
  }
  const keys = [
    ...redis.keys.session({ owner: to, sessionId: decodeId(session) }),
    `${redis.keys.ownerPrefix(to)}joined`,
  ];
  return text(
    await runScript(redis, ADOPT_SESSION, keys, {
      session,
      other: encodeId(joinedSessionId(decodeId(session), from)),
      source: `${encodeId(from)}:${session}`,
      copy,
      copied: copied.join(' '),
      now,
    }),
  );
}

async function moveImage(
  redis: RedisCommands,
  { from, to, now }: Request,
  name: string,
  moved: ReadonlyMap<string, string>,
): Promise<void> {
  const [source, target] = [`${redis.keys.ownerPrefix(from)}${name}`, `${redis.keys.ownerPrefix(to)}${name}`];
  // One of the first release gets its claims now.
  await runScript(redis, ADOPT_IMAGE, [source], { now });
  const fields = new Map(
    groups(await redis.call('eval', "return redis.call('HGETALL', KEYS[1])", '1', source), 2).map(
      ([field, value]) => [text(field), text(value)],
    ),
  );
  const field = (of: string): string => {
    const value = fields.get(of);
    if (value === undefined) throw new CorruptRecord('an image lacks a field');
    return value;
  };
  const pieces = Number(field('pieces'));
  for (let n = 0; n < pieces; n++) await copyKey(redis, `${source}:${n}`, `${target}:${n}`);
  const claims = [...fields]
    .filter(([of]) => of.startsWith('claim:'))
    .map(([of, till]) => {
      const session = of.slice('claim:'.length);
      return `${moved.get(session) ?? session}=${till}`;
    });
  await runScript(redis, ADOPT_CLAIMS, [target], {
    type: field('type'),
    width: field('width'),
    height: field('height'),
    chars: field('chars'),
    pieces,
    hold: field('hold'),
    claims: claims.join(' '),
    charged: fields.get('charged') ?? '',
    now,
  });
}
