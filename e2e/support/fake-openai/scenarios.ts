/**
 * What the fake model server can play, by name: each row is one behaviour seen in a real provider's API.
 * Erasable TypeScript without imports of the project: `node e2e/support/fake-openai/fake-openai.ts` runs it as it is.
 */
import { playNamed } from './named-reply.ts';
import { type Scenario, type ScenarioRequest, type Step, textOf } from './script.ts';

/** Part of every error text of the fake provider. It must never reach the page, the API or the log. */
export const VENDOR_SECRET = 'SECRET';

const VENDOR_TEXT = `${VENDOR_SECRET} VENDOR TEXT`;

const say = (content: string): Step => ({ kind: 'delta', delta: { content } });
const think = (reasoning_content: string): Step => ({ kind: 'delta', delta: { reasoning_content } });
const finish = (reason = 'stop'): Step => ({ kind: 'delta', delta: {}, finish: reason });
const raw = (value: unknown): Step => ({
  kind: 'raw',
  text: `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`,
});
const gate: Step = { kind: 'gate' };
const done: Step = { kind: 'done' };
const cut: Step = { kind: 'cut' };
const stall: Step = { kind: 'stall' };
const good = (...steps: Step[]): Scenario => ({ play: () => [...steps, finish(), done] });
const steps = (...all: Step[]): Scenario => ({ play: () => all });
const words = (text: string): string[] => text.match(/\S+\s*/g) ?? [];
const refuse = (
  status: number,
  error: Record<string, unknown>,
  headers?: Record<string, string>,
): Scenario => ({
  refuse: () => ({ status, headers, body: { error: { message: `${VENDOR_TEXT} sk-leaked`, ...error } } }),
});

/** Shows a test what the model received: the question, the number of messages and the start of the system prompt. */
function echoOf({ messages, lastUser }: ScenarioRequest): string {
  const system = textOf(messages.find(({ role }) => role === 'system')?.content);
  return `echo: ${lastUser}\n\nmessages: ${messages.length}, system: ${system.slice(0, 40)}`;
}

const MARKDOWN = `## A heading

Some *emphasis*, some **weight**, a [link](https://example.com/) and \`code\`.

- one
- two

| Step | Time |
| --- | ---: |
| parse | 3 ms |
| render | 9 ms |

\`\`\`python
def climb(steps, seen={}):
    return 1 if steps < 2 else climb(steps - 1) + climb(steps - 2)
\`\`\`

<script>window.injected = true</script>

The end.`;

const RICH = `The area of a circle is $A = \\pi r^2$, which costs $5 and not $6.

$$
\\int_0^1 x^2 \\, dx = \\frac{1}{3}
$$

\\[
a
+ b = c
\\]

A formula that cannot be set: $\\frac{1$.

\`\`\`mermaid
graph TD
  A[Ask] --> B{Known?}
  B -->|yes| C[Answer]
  B -->|no| D[Say so]
\`\`\`

\`\`\`mermaid
graph TD
  A --> --> (((
\`\`\`

| A wide table | of many columns | that does not | fit a phone | and scrolls | in its box | sideways |
| --- | --- | ---: | --- | --- | --- | --- |
| one, "two" | 2 | 3 | 4 | 5 | 6 | 7 |

\`\`\`js
const aLineThatIsLong = 'so long that it does not fit on a phone, nor on a screen that is as wide as this one is';
\`\`\`

- [x] done
- [ ] to do

A note[^1].

[^1]: With *words*.

![a tree](https://img.example.org/tree.png)

The last words.`;

export const SCENARIOS: Record<string, Scenario> = {
  plain: { play: (request) => [...words(echoOf(request)).map(say), finish(), done] },
  reasoning: good(think('First I '), think('think.'), say('Then I '), say('answer.')),
  'reasoning-field': good({ kind: 'delta', delta: { reasoning: 'In another field.' } }, say('Answer.')),
  'think-tags': good(...['<th', 'ink>\nHid', 'den thoughts.</', 'think>', '\n\nThe an', 'swer.'].map(say)),
  'both-in-one': good({ kind: 'delta', delta: { reasoning_content: 'Thought.', content: 'Word.' } }),
  markdown: good(...words(MARKDOWN).map(say)),
  rich: good(...words(RICH).map(say)),
  chinese: good(think('先想一想。'), ...[...'你好，世界！😀'].map(say)),
  slow: {
    play: function* () {
      yield think('Slowly… ');
      for (let n = 1; n <= 60; n += 1) {
        yield { kind: 'pause', ms: 100 };
        yield say(`word${n} `);
      }
      yield finish();
      yield done;
    },
  },
  hold: {
    play: (request) => [
      ...words(`part1 part2 part3 part4 part5 ${request.lastUser}`).flatMap((word) => [gate, say(word)]),
      gate,
      finish(),
      done,
    ],
  },
  /** Replies with the question itself. */
  say: { play: ({ lastUser }) => [...words(lastUser).map(say), finish(), done] },
  'hold-marks': good(
    ...['one ', 'two ', 'three ', '**four', ' five** ', 'six'].flatMap((words): Step[] => [gate, say(words)]),
    gate,
  ),
  lines: {
    play: () => [
      ...Array.from({ length: 120 }, (_, n) => [gate, say(`line ${n + 1}\n\n`)]).flat(),
      gate,
      finish(),
      done,
    ],
  },
  named: { play: ({ lastUser }) => playNamed(lastUser) },
  'hold-reasoning': good(
    gate,
    think('thought1 '),
    gate,
    think('thought2 '),
    gate,
    say('part1 '),
    gate,
    say('part2 '),
    gate,
  ),

  'error-400': refuse(400, { code: 'context_length_exceeded' }),
  'error-401': refuse(401, { code: 'invalid_api_key' }),
  'error-402': refuse(402, { code: 'insufficient_balance' }),
  'error-403': refuse(403, { type: 'permission_denied' }),
  'error-404': refuse(404, { code: 'model_not_found' }),
  'error-429': refuse(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '7' }),
  'error-429-date': {
    refuse: (now) => ({
      status: 429,
      headers: { date: new Date(now).toUTCString(), 'retry-after': new Date(now + 90_000).toUTCString() },
      body: 'not even JSON',
    }),
  },
  'error-500': refuse(500, { type: 'server_error' }),
  'error-503': {
    refuse: () => ({ status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' }),
  },
  drop: steps(cut),
  cut: steps(say('Half of '), say('the answer'), cut),
  'cut-reasoning': steps(think('Half a thought'), cut),
  'cut-after-finish': steps(say('All of the answer.'), finish(), cut),
  'no-response': steps(stall),
  'stall-first': steps({ kind: 'raw', text: ': one moment\n\n' }, stall),
  'stall-later': steps(say('Some words, then'), stall),
  'stall-reasoning': steps(think('Some thoughts, then'), stall),
  empty: good(),
  blank: good(say(' \n')),
  'only-reasoning': good(think('I thought and forgot to speak.')),
  malformed: steps(say('Good so far. '), raw('{"choices": [{"del'), say('Never seen.'), finish(), done),
  'wrong-shape': steps(say('Good so far. '), raw({ choices: 'none' }), finish(), done),
  html: {
    refuse: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>A login page</h1>' }),
  },
  'in-band-error': steps(
    say('Until here. '),
    raw({ error: { message: VENDOR_TEXT, type: 'server_error' } }),
    stall,
  ),
  'in-band-rate-limit': steps(raw({ error: { message: VENDOR_TEXT, code: 429, type: 'rate_limit_error' } })),
  'in-band-auth': steps(raw({ error: { message: VENDOR_TEXT, code: 'invalid_api_key' } })),
  'in-band-text': steps(say('Until here. '), raw({ error: VENDOR_TEXT })),
  'no-done': steps(say('Complete all the same.'), finish()),
  'no-finish': steps(say('Never finished'), done),
  'never-closed': steps(say('Complete, but the line stays open.'), finish(), raw('[DONE]'), stall),
  'empty-choices': steps(
    raw({ choices: [] }),
    say('Around empty choices.'),
    raw({ choices: [] }),
    finish(),
    done,
  ),
  length: steps(say('Cut off by the lim'), finish('length'), done),
  'length-reasoning': steps(think('All my tokens went into this'), finish('length'), done),
  'content-filter': steps(say('I may not'), finish('content_filter'), done),
  'no-capacity': steps(say('I was'), finish('insufficient_system_resource'), done),
};
