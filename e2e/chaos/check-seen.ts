import { isLive, type Turn } from '@/lib/chat/turn';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { type Observation, turnKey } from './chaos-log';
import type { Known, Violation } from './check-history';
import { sameTurn } from './same-turn';

/** What the clients saw, held against what there is in the end. */
export function checkSeen(seen: readonly Observation[], known: Known): Violation[] {
  const firstEnd = firstEnds(seen);
  return seen.flatMap((one) => checkOne(one, known, firstEnd));
}

function checkOne(one: Observation, known: Known, firstEnd: Map<string, number>): Violation[] {
  switch (one.kind) {
    case 'acknowledged': {
      const where = turnKey(one, one.turnId);
      return known.final.has(where) ? [] : [{ rule: 'lost', what: `${where} was acknowledged` }];
    }
    case 'turn':
      return [
        ...(one.whole && isLive(one.turn)
          ? [
              {
                rule: 'answer' as const,
                what: `${turnKey(one, one.turn.id)} is told to have ended, and is live`,
              },
            ]
          : []),
        ...checkTurn(one, one.turn, known),
      ];
    case 'history':
      return checkRead(one, one.answer, known, firstEnd);
    case 'list':
      return one.sessions
        .filter(({ id, assistantId }) => known.assistants.get(`${one.client}/${id}`) !== assistantId)
        .map(({ id, assistantId }) => ({
          rule: 'misplaced',
          what: `${one.client} was shown ${id} of ${assistantId}`,
        }));
    case 'refused':
      return one.allowed.some((code) => code === one.code)
        ? []
        : [
            {
              rule: 'answer',
              what: `${one.client}/${one.sessionId}: ${one.act} was refused as ${one.code}`,
            },
          ];
    case 'foreign':
      return [{ rule: 'leak', what: `${one.client} asked for ${one.what} and got ${one.got}` }];
    case 'broken':
      return [{ rule: 'answer', what: `${one.client}/${one.sessionId}: ${one.what}` }];
  }
}

/** A turn that was seen: if it had ended, it is as it was; if it was live, its text is the beginning of what is kept. */
function checkTurn(one: Observation, turn: Turn, { final, sent }: Known): Violation[] {
  const where = turnKey(one, turn.id);
  const kept = final.get(where);
  if (!kept) return [{ rule: 'lost', what: `${where} was seen (${turn.status})` }];
  if (!isLive(turn))
    return sameTurn(turn, kept)
      ? []
      : [
          {
            rule: 'rewritten',
            what: `${where} ended as ${JSON.stringify(turn)}, is ${JSON.stringify(kept)}`,
          },
        ];
  const found: Violation[] = [];
  if (turn.parentId !== kept.parentId || turn.depth !== kept.depth || turn.user.content !== kept.user.content)
    found.push({
      rule: 'rewritten',
      what: `${where} stood after ${turn.parentId}, stands after ${kept.parentId}`,
    });
  // What its producer told may be ahead of what was saved when it died; what was read at another server was stored.
  const sentTo = sent.get(where)?.sentTo;
  const wasStored = sentTo !== undefined && !sentTo.has(one.via);
  const short = (['reasoning', 'content'] as const).some(
    (type) =>
      !(
        kept.reply[type].startsWith(turn.reply[type]) ||
        (!wasStored && turn.reply[type].startsWith(kept.reply[type]))
      ),
  );
  if (short)
    found.push({
      rule: 'text',
      what: `${where} read ${wasStored ? 'from the store ' : ''}${JSON.stringify(turn.reply)}, kept ${JSON.stringify(kept.reply)} (${kept.status})`,
    });
  return found;
}

/** A history is the path from a root (or from where its page begins) down to a head, as it is in the final tree. */
function checkRead(
  one: Observation & { kind: 'history' },
  { turns, activeTurnId, nextBefore, total }: HistoryAnswer,
  known: Known,
  firstEnd: Map<string, number>,
): Violation[] {
  const where = `${one.client}/${one.sessionId}`;
  const found = turns.flatMap((turn) => checkTurn(one, turn, known));
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
      what: `${where} says ${activeTurnId} is live, and shows ${live.join(', ') || 'none'}`,
    });
  for (const id of live)
    if ((firstEnd.get(turnKey(one, id)) ?? Number.POSITIVE_INFINITY) < one.from)
      found.push({ rule: 'rewritten', what: `${turnKey(one, id)} had ended, and was read as live` });
  if (one.mustShow && !turns.some(({ id }) => id === one.mustShow))
    found.push({ rule: 'unseen', what: `${where} read without ${one.mustShow}, sent before` });
  return found;
}

/** When each turn was first known to have ended: no read that begins later may show it as live. */
function firstEnds(seen: readonly Observation[]): Map<string, number> {
  const ends = new Map<string, number>();
  for (const one of seen) {
    const turns = one.kind === 'turn' ? [one.turn] : one.kind === 'history' ? one.answer.turns : [];
    for (const turn of turns.filter((turn) => !isLive(turn))) {
      const where = turnKey(one, turn.id);
      ends.set(where, Math.min(one.to, ends.get(where) ?? Number.POSITIVE_INFINITY));
    }
  }
  return ends;
}
