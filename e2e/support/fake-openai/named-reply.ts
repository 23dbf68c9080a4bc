import type { Step } from './script.ts';

/**
 * A reply in which every word contains the name of its question, so that no word can be mistaken for part of another
 * reply. The user message asks for it: `[[named]] NAME REASONING_EVENTS CONTENT_EVENTS PACE`.
 */
export interface NamedReply {
  /** Without spaces. */
  name: string;
  /** The reasoning events come first, then the content events. */
  reasoningEvents: number;
  contentEvents: number;
  /**
   * Milliseconds between two events; `hold`: every event, and the end, waits until the test releases it;
   * `cutAfter`: the connection breaks after that many events.
   */
  pace: number | 'hold' | { cutAfter: number };
}

export const namedQuestion = ({ name, reasoningEvents, contentEvents, pace }: NamedReply): string =>
  `[[named]] ${name} ${reasoningEvents} ${contentEvents} ${typeof pace === 'object' ? `cut${pace.cutAfter}` : pace}`;

/** Parses a question with or without its marker. Null if it does not ask for a named reply. */
export function parseNamedQuestion(question: string): NamedReply | null {
  const found = /^(?:\[\[named\]\] )?(\S+) (\d+) (\d+) (?:(\d+)|cut(\d+)|hold)$/.exec(question);
  if (!found) return null;
  const [, name = '', thoughts, words, ms, cutAfter] = found;
  const pace = ms ? Number(ms) : cutAfter ? { cutAfter: Number(cutAfter) } : 'hold';
  return { name, reasoningEvents: Number(thoughts), contentEvents: Number(words), pace };
}

/** The text of the first `events` events of the reply, by default of all. */
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

/** The script of a named reply for the fake model. */
export function* playNamed(question: string): Generator<Step> {
  const reply = parseNamedQuestion(question);
  if (!reply) throw new Error(`Not a question for a named reply: ${question}`);
  const { name, reasoningEvents, contentEvents, pace } = reply;
  // Open the response before the first event: the cut may come right there.
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
