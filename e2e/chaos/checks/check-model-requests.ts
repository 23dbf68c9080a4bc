import { parseNamedQuestion } from '../../support/fake-openai/named-reply';
import { type ChaosLog, type ModelRequest, type SentTurn, turnKey } from './chaos-log';
import type { RunIndex, Violation } from './violation';

/** The model must receive each turn once, with its assistant's prompt and the turns above it, and nothing else. */
export function checkModelRequests({ modelRequests, prompts }: ChaosLog, index: RunIndex): Violation[] {
  const times = new Map<SentTurn, number>();
  const found = modelRequests.flatMap((one) => {
    const question = one.messages.at(-1)?.content ?? '';
    const turn = index.byName.get(parseNamedQuestion(question)?.name ?? '');
    if (!turn) return [{ rule: 'context' as const, what: `the model received ${question}` }];
    times.set(turn, (times.get(turn) ?? 0) + 1);
    return checkContext(turn, one, prompts, index);
  });
  for (const [turn, count] of times)
    if (count > 1)
      found.push({
        rule: 'duplicate',
        what: `${turnKey(turn, turn.turnId)} was sent to the model ${count} times`,
      });
  return found;
}

/** The date, which follows the prompt of the assistant. */
const DATE = /\n\nToday is [^\n]+$/;

function checkContext(
  turn: SentTurn,
  { system, messages }: ModelRequest,
  prompts: Record<string, string>,
  { final, byName }: RunIndex,
): Violation[] {
  const where = turnKey(turn, turn.turnId);
  // A turn is sent to the model only after it is stored.
  if (!final.has(where)) return [{ rule: 'lost', what: `${where} was sent to the model` }];
  const found: Violation[] = [];
  if (system.replace(DATE, '') !== prompts[turn.assistantId])
    found.push({ rule: 'context', what: `${where} was sent with the prompt of another assistant` });
  const names = messages.slice(0, -1).map(({ content }) => nameIn(content));
  const received = names.filter((_, n) => n % 2 === 0);
  if (names.some((name, n) => name !== received[Math.floor(n / 2)]))
    found.push({ rule: 'context', what: `${where} was sent with a reply to another question` });
  // The turns above this one, in order. Turns without a reply may be left out.
  const above: string[] = [];
  for (let id = final.get(where)?.parentId; id; id = final.get(turnKey(turn, id))?.parentId)
    above.unshift(id);
  let from = -1;
  for (const name of received) {
    const before = byName.get(name);
    const isSame = before?.client === turn.client && before.sessionId === turn.sessionId;
    const at = isSame ? above.indexOf(before.turnId, from + 1) : -1;
    if (at < 0) {
      found.push({ rule: 'context', what: `${where} was sent with ${name}, which is not above it` });
      break;
    }
    from = at;
  }
  return found;
}

/** The name in a question, or in the first word of a reply. */
const nameIn = (content: string): string =>
  parseNamedQuestion(content)?.name ?? /^[^\s?!]+/.exec(content)?.[0] ?? '';
