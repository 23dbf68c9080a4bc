import { isLive, type Turn } from '@/lib/chat/turn';
import { namedText, parseNamedQuestion } from '../support/fake-openai/named-reply';
import { type ChaosLog, type FinalSession, type Place, type SentTurn, turnKey } from './chaos-log';
import { checkAsked } from './check-asked';
import { checkSeen } from './check-seen';

/** A broken promise: which one, and what was found. */
export interface Violation {
  rule:
    | 'lost' // an acknowledged turn is not there
    | 'twice' // one turn in two places, or asked of the model twice
    | 'misplaced' // under another session, assistant or owner
    | 'orphan' // no parent, or before its parent
    | 'text' // other words than the model said, or fewer than are known to be stored
    | 'rewritten' // a terminal turn that changed, or came back to life
    | 'path' // a history that is no path of the tree
    | 'unseen' // an acknowledged turn that its sender did not find at once
    | 'stuck' // still live when everything is over
    | 'context' // the model was given another conversation
    | 'leak' // a stranger was given something
    | 'answer'; // not in the contract
  what: string;
}

/** What the rules look things up in. */
export interface Known {
  /** The assistant of each session, by `client/session`. */
  assistants: Map<string, string>;
  sent: Map<string, SentTurn>;
  final: Map<string, Turn>;
  /** By the name that is in its question and in every word of its reply. */
  byName: Map<string, SentTurn>;
}

/** The clocks of two servers may differ by this much. */
const SKEW_MS = 5_000;

/** What was promised and not kept in a run, of whatever was acknowledged, read and found in the end. */
export function checkHistory(log: ChaosLog): Violation[] {
  const known = indexOf(log);
  return [
    ...log.final.flatMap((session) => checkSession(session, known)),
    ...checkSeen(log.seen, known),
    ...checkAsked(log, known),
  ];
}

function indexOf({ made, sent, final }: ChaosLog): Known {
  return {
    assistants: new Map(made.map((session) => [placeOf(session), session.assistantId])),
    sent: new Map(sent.map((turn) => [turnKey(turn, turn.turnId), turn])),
    byName: new Map(sent.map((turn) => [parseNamedQuestion(turn.content)?.name ?? '', turn])),
    final: new Map(
      final.flatMap((session) => session.turns.map((turn) => [turnKey(session, turn.id), turn] as const)),
    ),
  };
}

function checkSession(session: FinalSession, known: Known): Violation[] {
  const byId = new Map(session.turns.map((turn) => [turn.id, turn]));
  const found: Violation[] = [];
  if (byId.size < session.turns.length)
    found.push({ rule: 'twice', what: `${placeOf(session)} holds a turn twice` });
  for (const turn of session.turns) {
    const where = turnKey(session, turn.id);
    const sent = known.sent.get(where);
    const isItsOwn = sent && sent.content === turn.user.content && sent.assistantId === turn.assistantId;
    if (!isItsOwn) found.push({ rule: 'misplaced', what: `${where} holds ${JSON.stringify(turn.user)}` });
    else found.push(...checkText(where, sent, turn));
    if (sent?.parentId !== undefined && sent.parentId !== turn.parentId)
      found.push({
        rule: 'orphan',
        what: `${where} was sent after ${sent.parentId}, stands after ${turn.parentId}`,
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
    return [{ rule: 'orphan', what: `${where} answers after ${turn.parentId}, which is not there` }];
  const follows = turn.depth === parent.depth + 1 && turn.createdAt >= parent.createdAt - SKEW_MS;
  return follows ? [] : [{ rule: 'orphan', what: `${where} does not come after its parent ${parent.id}` }];
}

/** Every reply names its question in every word: it is known what a whole one is. */
function checkText(where: string, { content }: SentTurn, { status, reply }: Turn): Violation[] {
  const asked = parseNamedQuestion(content);
  if (!asked) return [{ rule: 'misplaced', what: `${where} is no question of this run` }];
  const whole = namedText(asked);
  const fits =
    status === 'done'
      ? reply.content === whole.content && reply.reasoning === whole.reasoning
      : whole.content.startsWith(reply.content) && whole.reasoning.startsWith(reply.reasoning);
  return fits ? [] : [{ rule: 'text', what: `${where} (${status}) reads ${JSON.stringify(reply)}` }];
}

function checkListed(session: FinalSession, byId: Map<string, Turn>): Violation[] {
  const { listed } = session;
  const where = placeOf(session);
  if (!listed) return byId.size ? [{ rule: 'lost', what: `${where} is not in the list` }] : [];
  const found: Violation[] = [];
  if (listed.activeTurnId) found.push({ rule: 'stuck', what: `${where} is held by ${listed.activeTurnId}` });
  for (const turn of byId.values())
    if (turn.assistantId !== listed.assistantId)
      found.push({
        rule: 'misplaced',
        what: `${where} of ${listed.assistantId} holds ${turn.id} of another`,
      });
  const head = listed.headTurnId === null ? undefined : byId.get(listed.headTurnId);
  if (byId.size && !head) found.push({ rule: 'path', what: `${where} has no head among its turns` });
  else if (head && head.status !== listed.headStatus)
    found.push({
      rule: 'path',
      what: `${where} says its head is ${listed.headStatus}, it is ${head.status}`,
    });
  return found;
}

const placeOf = ({ client, sessionId }: Place): string => `${client}/${sessionId}`;
