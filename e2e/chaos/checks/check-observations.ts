import { isDeepStrictEqual } from 'node:util';
import { isLive, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { type Observation, turnKey } from './chaos-log';
import type { RunIndex, Violation } from './violation';

/** Compares what the clients saw during the run with what is stored after it. */
export function checkObservations(seen: readonly Observation[], index: RunIndex): Violation[] {
  const firstEnd = firstEnds(seen);
  return seen.flatMap((one) => checkOne(one, index, firstEnd));
}

function checkOne(one: Observation, index: RunIndex, firstEnd: Map<string, number>): Violation[] {
  switch (one.kind) {
    case 'acknowledged': {
      const where = turnKey(one, one.turnId);
      return index.final.has(where) ? [] : [{ rule: 'lost', what: `${where} was acknowledged` }];
    }
    case 'turn':
      return [
        ...(one.isFinal && isLive(one.turn)
          ? [
              {
                rule: 'contract' as const,
                what: `${turnKey(one, one.turn.id)} was reported as ended, but is live`,
              },
            ]
          : []),
        ...checkTurn(one, one.turn, index),
      ];
    case 'history':
      return checkRead(one, one.history, index, firstEnd);
    case 'list':
      return one.sessions
        .filter(({ id, assistantId }) => index.assistants.get(`${one.client}/${id}`) !== assistantId)
        .map(({ id, assistantId }) => ({
          rule: 'misplaced',
          what: `${one.client} was shown ${id} of ${assistantId}`,
        }));
    case 'refused':
      return one.allowed.some((code) => code === one.code)
        ? []
        : [
            {
              rule: 'contract',
              what: `${one.client}/${one.sessionId}: ${one.act} was refused as ${one.code}`,
            },
          ];
    case 'foreign':
      return [{ rule: 'leak', what: `${one.client} asked ${one.what} and got ${one.got}` }];
    case 'broken':
      return [{ rule: 'contract', what: `${one.client}/${one.sessionId}: ${one.what}` }];
  }
}

/** A turn that was seen after it ended must be stored unchanged; the text of a live one must begin the stored text. */
function checkTurn(one: Observation, turn: Turn, { final, sent }: RunIndex): Violation[] {
  const where = turnKey(one, turn.id);
  const stored = final.get(where);
  if (!stored) return [{ rule: 'lost', what: `${where} was seen (${turn.status})` }];
  if (!isLive(turn))
    return isDeepStrictEqual(turn, stored)
      ? []
      : [
          {
            rule: 'rewritten',
            what: `${where} ended as ${JSON.stringify(turn)}, but is stored as ${JSON.stringify(stored)}`,
          },
        ];
  const found: Violation[] = [];
  if (
    turn.parentId !== stored.parentId ||
    turn.depth !== stored.depth ||
    turn.user.content !== stored.user.content
  )
    found.push({
      rule: 'rewritten',
      what: `${where} was seen after ${turn.parentId}, but is stored after ${stored.parentId}`,
    });
  // The producer may have sent more than it had saved when it died. Text read from another server was stored.
  const sentTo = sent.get(where)?.sentTo;
  const wasStored = sentTo !== undefined && !sentTo.has(one.via);
  const short = (['reasoning', 'content'] as const).some(
    (type) =>
      !(
        stored.reply[type].startsWith(turn.reply[type]) ||
        (!wasStored && turn.reply[type].startsWith(stored.reply[type]))
      ),
  );
  if (short)
    found.push({
      rule: 'text',
      what: `${where} read ${wasStored ? 'from the store ' : ''}${JSON.stringify(turn.reply)}, stored ${JSON.stringify(stored.reply)} (${stored.status})`,
    });
  return found;
}

/** A history must be the path from a root (or from the start of its page) to a head, as in the final tree. */
function checkRead(
  one: Observation & { kind: 'history' },
  { turns, activeTurnId, nextBefore, total }: HistoryAnswer,
  index: RunIndex,
  firstEnd: Map<string, number>,
): Violation[] {
  const where = `${one.client}/${one.sessionId}`;
  const found = turns.flatMap((turn) => checkTurn(one, turn, index));
  const isWhole = nextBefore === null;
  const parents = [isWhole ? null : (turns[0]?.parentId ?? null), ...turns.map(({ id }) => id)];
  if (turns.some(({ parentId }, n) => parentId !== parents[n]) || (isWhole && total !== turns.length))
    found.push({
      rule: 'path',
      what: `${where} read as ${turns.map(({ id }) => id).join(' > ')} of ${total}`,
    });
  const live = turns.filter(isLive).map(({ id }) => id);
  if (
    live.length > 1 ||
    (activeTurnId === null) !== (live.length === 0) ||
    (live[0] ?? null) !== activeTurnId
  )
    found.push({
      rule: 'path',
      what: `${where} reports ${activeTurnId} as live, but shows ${live.join(', ') || 'none'}`,
    });
  for (const id of live)
    if ((firstEnd.get(turnKey(one, id)) ?? Number.POSITIVE_INFINITY) < one.from)
      found.push({ rule: 'rewritten', what: `${turnKey(one, id)} had ended, but was read as live` });
  if (one.mustShow && !turns.some(({ id }) => id === one.mustShow))
    found.push({ rule: 'unseen', what: `${where} was read without ${one.mustShow}, which was sent before` });
  return found;
}

/** When each turn was first seen to have ended. No read that starts later may show it as live. */
function firstEnds(seen: readonly Observation[]): Map<string, number> {
  const ends = new Map<string, number>();
  for (const one of seen) {
    const turns = one.kind === 'turn' ? [one.turn] : one.kind === 'history' ? one.history.turns : [];
    for (const turn of turns.filter((turn) => !isLive(turn))) {
      const where = turnKey(one, turn.id);
      ends.set(where, Math.min(one.to, ends.get(where) ?? Number.POSITIVE_INFINITY));
    }
  }
  return ends;
}
