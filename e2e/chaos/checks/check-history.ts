import { isLive, type Turn } from '@/lib/chat/turn';
import { namedText, parseNamedQuestion } from '../../support/fake-openai/named-reply';
import { type ChaosLog, type FinalSession, type SentTurn, type SessionRef, turnKey } from './chaos-log';
import { checkModelRequests } from './check-model-requests';
import { checkObservations } from './check-observations';
import type { RunIndex, Violation } from './violation';

/** The clocks of two servers may differ by this much. */
const SKEW_MS = 5_000;

/** The violations of a run: checks everything that was acknowledged, read and stored. */
export function checkHistory(log: ChaosLog): Violation[] {
  const index = indexLog(log);
  return [
    ...log.final.flatMap((session) => checkSession(session, index)),
    ...checkObservations(log.observations, index),
    ...checkModelRequests(log, index),
  ];
}

function indexLog({ created, sent, final }: ChaosLog): RunIndex {
  return {
    assistants: new Map(created.map((session) => [placeOf(session), session.assistantId])),
    sent: new Map(sent.map((turn) => [turnKey(turn, turn.turnId), turn])),
    byName: new Map(sent.map((turn) => [parseNamedQuestion(turn.content)?.name ?? '', turn])),
    final: new Map(
      final.flatMap((session) => session.turns.map((turn) => [turnKey(session, turn.id), turn] as const)),
    ),
  };
}

function checkSession(session: FinalSession, index: RunIndex): Violation[] {
  const byId = new Map(session.turns.map((turn) => [turn.id, turn]));
  const found: Violation[] = [];
  if (byId.size < session.turns.length)
    found.push({ rule: 'duplicate', what: `${placeOf(session)} holds a turn twice` });
  for (const turn of session.turns) {
    const where = turnKey(session, turn.id);
    const sent = index.sent.get(where);
    const isItsOwn = sent && sent.content === turn.user.content && sent.assistantId === turn.assistantId;
    if (!isItsOwn) found.push({ rule: 'misplaced', what: `${where} holds ${JSON.stringify(turn.user)}` });
    else found.push(...checkText(where, sent, turn));
    if (sent?.parentId !== undefined && sent.parentId !== turn.parentId)
      found.push({
        rule: 'orphan',
        what: `${where} was sent after ${sent.parentId} but is stored after ${turn.parentId}`,
      });
    if (isLive(turn)) found.push({ rule: 'stuck', what: `${where} is still live` });
    found.push(...checkParent(where, turn, byId));
  }
  return [...found, ...checkListed(session, byId)];
}

function checkParent(where: string, turn: Turn, byId: Map<string, Turn>): Violation[] {
  if (turn.parentId === null)
    return turn.depth === 0 ? [] : [{ rule: 'orphan', what: `${where} is a root at depth ${turn.depth}` }];
  const parent = byId.get(turn.parentId);
  if (!parent)
    return [{ rule: 'orphan', what: `${where} has the parent ${turn.parentId}, which is missing` }];
  const follows = turn.depth === parent.depth + 1 && turn.createdAt >= parent.createdAt - SKEW_MS;
  return follows ? [] : [{ rule: 'orphan', what: `${where} does not come after its parent ${parent.id}` }];
}

/** Every reply contains the name of its question in each word, so its exact text is known. */
function checkText(where: string, { content }: SentTurn, { status, reply }: Turn): Violation[] {
  const question = parseNamedQuestion(content);
  if (!question) return [{ rule: 'misplaced', what: `${where} is not a question of this run` }];
  const full = namedText(question);
  const fits =
    status === 'done'
      ? reply.content === full.content && reply.reasoning === full.reasoning
      : full.content.startsWith(reply.content) && full.reasoning.startsWith(reply.reasoning);
  return fits ? [] : [{ rule: 'text', what: `${where} (${status}) reads ${JSON.stringify(reply)}` }];
}

function checkListed(session: FinalSession, byId: Map<string, Turn>): Violation[] {
  const { listed } = session;
  const where = placeOf(session);
  if (!listed) return byId.size ? [{ rule: 'lost', what: `${where} is not in the list` }] : [];
  const found: Violation[] = [];
  if (listed.activeTurnId)
    found.push({ rule: 'stuck', what: `${where} still has the live turn ${listed.activeTurnId}` });
  for (const turn of byId.values())
    if (turn.assistantId !== listed.assistantId)
      found.push({
        rule: 'misplaced',
        what: `${where} of ${listed.assistantId} contains ${turn.id} of another assistant`,
      });
  const head = listed.headTurnId === null ? undefined : byId.get(listed.headTurnId);
  if (byId.size && !head)
    found.push({ rule: 'path', what: `${where} has a head that is not one of its turns` });
  else if (head && head.status !== listed.headStatus)
    found.push({
      rule: 'path',
      what: `${where} lists its head as ${listed.headStatus}, but it is ${head.status}`,
    });
  return found;
}

const placeOf = ({ client, sessionId }: SessionRef): string => `${client}/${sessionId}`;
