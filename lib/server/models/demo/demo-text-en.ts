import type { DemoText } from './demo-text';

export const en: DemoText = {
  notice: `> **This is Confab’s built-in demo model.** Its replies are scripted: a tour of what this page can do. For a real model, set \`OPENAI_API_KEY\`, \`DEEPSEEK_API_KEY\`, \`QIANWEN_API_KEY\`, \`DOUBAO_API_KEY\` or \`KIMI_API_KEY\` in \`.env.local\` and restart. Compatible servers work through \`OPENAI_BASE_URL\`, and [Ollama](https://ollama.com) on this machine is found automatically.`,
  shortNotice: '> **Demo model:** this reply is scripted.',
  greeting: 'Hello!',
  result: (sum, value) => `${sum} = **${value}**. That much even a demo can work out.`,
  invitation:
    'Send me a question of any kind to begin a short tour: reasoning, tables, code, formulas, diagrams, stopping a reply, and switching assistants.',
  reasoning: (question, earlier) =>
    `The user asks: “${question}”. ${
      earlier === null
        ? 'It’s the first message, so there is no earlier context.'
        : `Before that they wrote “${earlier}”, which I should keep in mind.`
    } I’m the demo model, so I don’t know the answer. A real model’s reasoning appears here while it thinks, and folds away when the reply begins.`,
  earlierMessage: (earlier, turns) =>
    `${turns === 1 ? 'Your message before this one' : `The last of your ${turns} messages before this one`} was “${earlier}”. A real model is given the earlier messages too, just as I was.`,
  stops: {
    steps: {
      name: 'lists',
      text: `1. **What do we already know?** Write it down, even if it seems obvious.
2. **What changes?** Follow just one thing from one step to the next.
3. **Does it work for a small case?** Try it with 1, then with 2.

- [x] Read the question
- [ ] Try a small case`,
    },
    table: {
      name: 'tables',
      text: `| Option | Best when | Effort |
| --- | --- | ---: |
| Do it now | It takes two minutes | Low |
| Schedule it | Others are waiting for it | Medium |
| Drop it | Nobody would notice | None |

A table can be copied into a spreadsheet, and scrolls on its own when it is wide.`,
    },
    code: {
      name: 'code',
      text: `\`\`\`ts
/** Calls \`task\` at most once per \`ms\`; calls in between are dropped. */
export function throttle(task: () => void, ms: number): () => void {
  let next = 0;
  return () => {
    if (performance.now() < next) return;
    next = performance.now() + ms;
    task();
  };
}
\`\`\`

Code is coloured by its language, and the button above it copies the whole block.`,
    },
    formula: {
      name: 'formulas',
      text: `Formulas are set as in print, in a sentence such as $e^{i\\pi} + 1 = 0$ or on lines of their own:

$$
\\sum_{k=1}^{n} (2k - 1) = n^2
$$

In words: the first odd numbers always add up to a square, $1 + 3 + 5 = 3^2$.`,
    },
    diagram: {
      name: 'diagrams',
      text: `A diagram that a model writes as Mermaid is drawn:

\`\`\`mermaid
flowchart LR
  Q[Your question] --> S[Your server]
  S --> M[A model]
  M --> S
  S --> K[(Your history)]
\`\`\``,
    },
    stop: {
      name: 'stopping a reply',
      text: `This reply is long on purpose. **Press Stop** (or Esc) while it is being written: what has arrived is kept, and **Continue** goes on from there. You can also reload the page or close it: the server finishes the reply by itself.

${[
  'Counting is patient work.',
  'One sheep jumps over the fence.',
  'A second sheep looks at the fence, and jumps.',
  'A third one takes a run-up.',
  'The fourth sheep would rather walk around it.',
  'The fifth asks who built the fence.',
  'The sixth explains it at length.',
  'The seventh has fallen asleep, which was the point.',
  'The eighth keeps quiet so as not to wake it.',
  'The ninth counts the others, and gets eleven.',
  'The tenth counts again, and is satisfied.',
]
  .map((line, index) => `${index + 1}. ${line}`)
  .join('\n')}`,
    },
    assistants: {
      name: 'switching assistants',
      text: `There are three assistants, and their conversations never mix. **Switch to another one** while this reply is still being written: it goes on in the background, and a dot shows when it is done. Each keeps its own drafts and its own history, all of it on this server.`,
    },
  },
  next: (name) => `*Next on the tour: ${name}. Send any message to go on.*`,
  end: '*That was the tour. Send another message to begin again, or connect a real model.*',
  roles: {
    assistant: {
      opening: (question) => `**${question}**\n\nHere’s what an answer from me looks like.`,
      closing: 'Shall I shorten this, or go deeper into one of the points?',
    },
    teacher: {
      opening: (question) =>
        `**${question}**\n\nLet’s look at it together, one small step at a time. Think of a staircase: nobody jumps to the top, and each step supports the next.`,
      closing: 'Your turn: which step could you explain to a friend in your own words?',
    },
    programmer: {
      opening: (question) =>
        `**${question}**\n\nI’m assuming a current version of Node and TypeScript in strict mode. Here’s how code is displayed.`,
      closing:
        'Paste your function and the error: a real model will name the cause, then suggest the smallest fix.',
    },
  },
};
