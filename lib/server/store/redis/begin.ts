import { decodeId, encodeId, encodeParent } from '../encode-id';
import { hashUserMessage } from '../hash-user-message';
import type { BeginRequest, BeginResult } from '../store';
import { CorruptRecord } from '../store-error';
import { composeTurn, encodeText } from '../stored-turn';
import { isRefusal, prepareLimits, refusalOf } from './limits';
import { sessionOf } from './meta';
import type { RedisCommands } from './redis-commands';
import { runScript } from './script';
import { groups, imageIds, list, meta, number, sideOf, storedTurn, text } from './script-result';
import { BEGIN } from './scripts/begin';

/** `Store.begin`: one round trip; on a Cluster two if the address or the server has limits. */
export async function begin(redis: RedisCommands, request: BeginRequest): Promise<BeginResult> {
  const session = encodeId(request.sessionId);
  const json = JSON.stringify(request.turn);
  const { owner, sessionId, limits, now } = request;
  const prepared = await prepareLimits(redis, {
    owner,
    limits,
    turn: { sessionId, turnId: request.turn.id },
    now,
  });
  if (isRefusal(prepared)) return { kind: 'limited', refusal: prepared };
  const reply = await runScript(redis, BEGIN, [...redis.keys.session(request), ...prepared.keys], {
    session,
    turn: encodeId(request.turn.id),
    json,
    userHash: hashUserMessage(request.turn.user),
    parent: request.parentId === undefined ? '' : encodeParent(request.parentId),
    lastTurn: request.lastTurnId === undefined ? '' : encodeId(request.lastTurnId),
    assistant: encodeId(request.turn.assistantId),
    token: request.lease.token,
    leaseEnd: request.lease.endsAt,
    title: encodeText(request.title),
    preview: encodeText(request.preview),
    ttl: request.ttlMs ?? '',
    count: request.contextTurns,
    images: imageIds(request.turn),
    limits: prepared.text,
    now,
    device: request.device ? encodeId(request.device.id) : '',
    issuedAt: request.device?.issuedAt ?? '',
  });
  const [kind, ...rest] = list(reply);
  switch (kind) {
    case 'begun':
      return begun(session, json, rest);
    case 'exists':
      return { kind, stored: storedTurn(rest[0]) };
    case 'busy':
      return { kind, stored: storedTurn(rest[0]), expired: text(rest[1]) === '1' };
    case 'wrong_assistant':
      return { kind, assistantId: decodeId(text(rest[0])) };
    case 'unknown_parent':
    case 'gone':
    case 'revoked':
      return { kind };
    case 'limited':
      return { kind, refusal: refusalOf(rest) };
    default:
      throw new CorruptRecord('the answer to a begin has an unknown kind');
  }
}

function begun(session: string, sent: string, reply: readonly unknown[]): BeginResult {
  const [fields, stored, parent, depth, pathTotal, path] = reply;
  const side = sideOf(`streaming ${text(depth)} ${text(parent)} 0`);
  return {
    kind: 'begun',
    turn: composeTurn(text(stored) || sent, side),
    session: sessionOf(session, meta(fields)),
    path: groups(path, 2)
      .map(([json, beside]) => composeTurn(text(json), sideOf(beside)))
      .reverse(),
    pathTotal: number(pathTotal),
  };
}
