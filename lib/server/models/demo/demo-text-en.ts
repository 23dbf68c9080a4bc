import type { DemoText } from './demo-text';

export const en: DemoText = {
  shortReply: 'Hello! Ask me something longer and I’ll show you a full reply.',
  notice: `> **This is Confab’s built-in demo model.** Its replies are scripted, so you can try everything without an API key. To connect a real model, set \`OPENAI_API_KEY\` in \`.env.local\` and restart the server. \`DEEPSEEK_API_KEY\`, \`QIANWEN_API_KEY\`, \`DOUBAO_API_KEY\` and \`KIMI_API_KEY\` work too, any compatible server works through \`OPENAI_BASE_URL\`, and [Ollama](https://ollama.com) on this machine is found automatically.`,
  reasoning: (question, earlier) =>
    `The user asks: “${question}”. ${
      earlier === null
        ? 'It’s the first message, so there is no earlier context.'
        : `Before that they wrote “${earlier}”, which I should keep in mind.`
    } I’m the demo model, so I don’t know the answer. I’ll reply in this assistant’s style, show what the page can display, and explain how to connect a real model.`,
  earlierMessage: (earlier, turns) =>
    `${turns === 1 ? 'Your message before this one' : `The last of your ${turns} messages before this one`} was “${earlier}”. A real model is given the earlier messages too, just as I was.`,
  roles: {
    assistant: {
      opening: (question) => `**${question}**\n\nHere’s what an answer from me looks like.`,
      samples: [
        `| Option | Best when | Effort |
| --- | --- | ---: |
| Do it now | It takes two minutes | Low |
| Schedule it | Others are waiting for it | Medium |
| Drop it | Nobody would notice | None |

I’d go with the first, unless someone is waiting for you.`,
        `1. **Say what you want** in one sentence.
2. **Name the limits**: time, budget, preferences.
3. **Choose**, and write down why.

- [x] First draft
- [ ] Your edits`,
      ],
      closing: 'Shall I shorten this, or go deeper into one of the points?',
    },
    teacher: {
      opening: (question) =>
        `**${question}**\n\nLet’s look at it together, one small step at a time. Think of a staircase: nobody jumps to the top, and each step supports the next.`,
      samples: [
        `1. **What do we already know?** Write it down, even if it seems obvious.
2. **What changes?** Follow just one thing from one step to the next.
3. **Does it work for a small case?** Try it with 1, then with 2.

Beginners often start with step 3 and wonder why it doesn’t work out.`,
        `| Step | Cups | Total |
| ---: | ---: | ---: |
| 1 | 1 | 1 |
| 2 | 3 | 4 |
| 3 | 5 | 9 |

Look at the last column: every number is a square. *Why* might that be?`,
      ],
      closing: 'Your turn: which step could you explain to a friend in your own words?',
    },
    programmer: {
      opening: (question) =>
        `**${question}**\n\nI’m assuming a current version of Node and TypeScript in strict mode. Here’s how code is displayed.`,
      samples: [
        `\`\`\`ts
/** Calls \`task\` at most once per \`ms\`; calls in between are dropped. */
export function throttle(task: () => void, ms: number): () => void {
  let next = 0;
  return () => {
    const now = performance.now();
    if (now < next) return;
    next = now + ms;
    task();
  };
}
\`\`\`

It uses no timer, so there’s nothing to clean up. I haven’t run it with your code.`,
        `\`\`\`python
from collections import Counter


def most_common_words(text: str, n: int = 3) -> list[tuple[str, int]]:
    """The n most frequent words; ties keep their order of appearance."""
    return Counter(text.lower().split()).most_common(n)
\`\`\`

- **Cost**: one pass over the text; memory grows with the number of distinct words.
- **Edge case**: empty text gives an empty list.`,
      ],
      closing:
        'Paste your function and the error: a real model will name the cause, then suggest the smallest fix.',
    },
  },
};
