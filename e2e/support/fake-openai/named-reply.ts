import type { Step } from './scenarios.ts';

/**
 * A reply that names its question in every word, so that no word of it can pass for another's. It is asked for by
 * what the user says: `[[named]] NAME THOUGHTS WORDS PACE`.
 */
export interface NamedReply {
  /** Without spaces. */
  name: string;
  /** Events of reasoning, then events of content. */
  reasoningEvents: number;
  contentEvents: number;
  /** Milliseconds between two events; or each waits to be released, and so does the end; or it breaks off after so many. */
  pace: number | 'hold' | { cutAfter: number };
}

export const namedQuestion = ({ name, reasoningEvents, contentEvents, pace }: NamedReply): string =>
  `[[named]] ${name} ${reasoningEvents} ${contentEvents} ${typeof pace === 'object' ? `cut${pace.cutAfter}` : pace}`;

/** What was asked for; null where it is another kind of question. With or without the marker. */
export function parseNamedQuestion(question: string): NamedReply | null {
  const found = /^(?:\[\[named\]\] )?(\S+) (\d+) (\d+) (?:(\d+)|cut(\d+)|hold)$/.exec(question);
  if (!found) return null;
  const [, name = '', thoughts, words, ms, cutAfter] = found;
  const pace = ms ? Number(ms) : cutAfter ? { cutAfter: Number(cutAfter) } : 'hold';
  return { name, reasoningEvents: Number(thoughts), contentEvents: Number(words), pace };
}

/** The first so many events of the reply, put together; all of them unless counted. */
export function namedText(
  { name, reasoningEvents, contentEvents }: NamedReply,
  events = reasoningEvents + contentEvents,
) {
  const upTo = (count: number, mark: string) =>
    Array.from({ length: Math.max(0, count) }, (_, n) => `${name}${mark}${n + 1} `).join('');
  return {
    reasoning: upTo(Math.min(events, reasoningEvents), '?'),
    content: upTo(Math.min(events - reasoningEvents, contentEvents), '!'),
  };
}

/** The steps of the fake model. */
export function* playNamed(question: string): Generator<Step> {
  const reply = parseNamedQuestion(question);
  if (!reply) throw new Error(`not a question for a named reply: ${question}`);
  const { name, reasoningEvents, contentEvents, pace } = reply;
  // The connection stands before the first event, which may be where it is cut.
  yield { kind: 'raw', text: ': listening\n\n' };
  for (let n = 0; n < reasoningEvents + contentEvents; n += 1) {
    yield* before(n, pace);
    if (n < reasoningEvents) yield { kind: 'delta', delta: { reasoning_content: `${name}?${n + 1} ` } };
    else yield { kind: 'delta', delta: { content: `${name}!${n + 1 - reasoningEvents} ` } };
  }
  yield* before(reasoningEvents + contentEvents, pace);
  yield { kind: 'delta', delta: {}, finish: 'stop' };
  yield { kind: 'done' };
}

function* before(event: number, pace: NamedReply['pace']): Generator<Step> {
  if (pace === 'hold') yield { kind: 'gate' };
  else if (typeof pace === 'number') yield { kind: 'pause', ms: pace };
  else if (pace.cutAfter === event) yield { kind: 'cut' };
}
