import { parseNamedQuestion } from '../support/fake-openai/named-reply';
import { type Asked, type ChaosLog, type SentTurn, turnKey } from './chaos-log';
import type { Known, Violation } from './check-history';

/** What the model was given: each turn once, with its assistant's prompt and the turns before it, nobody else's. */
export function checkAsked({ asked, prompts }: ChaosLog, known: Known): Violation[] {
  const times = new Map<SentTurn, number>();
  const found = asked.flatMap((one) => {
    const question = one.messages.at(-1)?.content ?? '';
    const turn = known.byName.get(parseNamedQuestion(question)?.name ?? '');
    if (!turn) return [{ rule: 'context' as const, what: `the model was asked ${question}` }];
    times.set(turn, (times.get(turn) ?? 0) + 1);
    return checkContext(turn, one, prompts, known);
  });
  for (const [turn, count] of times)
    if (count > 1)
      found.push({ rule: 'twice', what: `${turnKey(turn, turn.turnId)} was asked ${count} times` });
  return found;
}

function checkContext(
  turn: SentTurn,
  { system, messages }: Asked,
  prompts: Record<string, string>,
  { final, byName }: Known,
): Violation[] {
  const where = turnKey(turn, turn.turnId);
  // The model is asked after the turn is stored.
  if (!final.has(where)) return [{ rule: 'lost', what: `${where} was asked of the model` }];
  const found: Violation[] = [];
  if (system !== prompts[turn.assistantId])
    found.push({ rule: 'context', what: `${where} was asked as another assistant` });
  const names = messages.slice(0, -1).map(({ content }) => nameIn(content));
  const given = names.filter((_, n) => n % 2 === 0);
  if (names.some((name, n) => name !== given[Math.floor(n / 2)]))
    found.push({ rule: 'context', what: `${where} was asked with a reply to another question` });
  // Contiguous up to this turn, but for turns that have no answer to go by.
  const above: string[] = [];
  for (let id = final.get(where)?.parentId; id; id = final.get(turnKey(turn, id))?.parentId)
    above.unshift(id);
  let from = -1;
  for (const name of given) {
    const before = byName.get(name);
    const isSame = before?.client === turn.client && before.sessionId === turn.sessionId;
    const at = isSame ? above.indexOf(before.turnId, from + 1) : -1;
    if (at < 0) {
      found.push({ rule: 'context', what: `${where} was asked with ${name}, which is not above it` });
      break;
    }
    from = at;
  }
  return found;
}

/** Of a question, its name; of an answer, the name in its first word. */
const nameIn = (content: string): string =>
  parseNamedQuestion(content)?.name ?? /^[^\s?!]+/.exec(content)?.[0] ?? '';
