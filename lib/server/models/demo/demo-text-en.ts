import type { DemoText } from './demo-text';

export const en: DemoText = {
  brief: 'Hello! Ask me something longer and I will show you a whole reply.',
  whatIAm: `> **This is Confab's built-in demo model.** It only acts out a reply, so that everything can be tried without a key. To connect a real model, put \`OPENAI_API_KEY\` into \`.env.local\` and restart, or one of \`DEEPSEEK_API_KEY\`, \`QIANWEN_API_KEY\`, \`DOUBAO_API_KEY\`, \`KIMI_API_KEY\`. Any compatible server works through \`OPENAI_BASE_URL\`, and an [Ollama](https://ollama.com) on this machine is found by itself.`,
  reasoning: (question, earlier) =>
    `The question is “${question}”. ${
      earlier === null
        ? 'It opens the conversation, so there is nothing to go back to.'
        : `Before that came “${earlier}”, which I should keep in mind.`
    } I am the demo model: I have no knowledge to draw on. I will speak in my assistant's manner, show what the page can do, and say how a real model is connected.`,
  memory: (earlier, turns) =>
    `${turns === 1 ? 'Your message before this one' : `The last of your ${turns} messages before this one`} was “${earlier}”: a real model gets the whole conversation, as I did.`,
  roles: {
    assistant: {
      opening: (question) => `**${question}**\n\nHere is the shape that an answer of mine takes.`,
      samples: [
        `| Option | Good when | Cost |
| --- | --- | ---: |
| Do it now | it takes two minutes | low |
| Plan it | others wait for it | medium |
| Drop it | nobody would notice | none |

I would take the first, unless somebody waits for you.`,
        `1. **Say what you want** in one sentence.
2. **Name the limits**: time, money, taste.
3. **Choose**, and write down why.

- [x] a first draft
- [ ] your corrections`,
      ],
      closing: 'Shall I make the plan shorter, or go into one of the points?',
    },
    teacher: {
      opening: (question) =>
        `**${question}**\n\nLet us look at it together, in small steps. Picture a staircase: nobody jumps to the top, each step carries the next.`,
      samples: [
        `1. **What do we know already?** Write it down, even if it seems plain.
2. **What changes?** Follow one thing only, from one step to the next.
3. **Does it hold for a small case?** Try it with 1, then with 2.

Beginners often begin with step 3 and wonder why it does not fit.`,
        `| Step | Cups | Sum |
| ---: | ---: | ---: |
| 1 | 1 | 1 |
| 2 | 3 | 4 |
| 3 | 5 | 9 |

Look at the last column: each number is a square. *Why* might that be?`,
      ],
      closing: 'Now you: which of the steps would you explain to a friend in your own words?',
    },
    programmer: {
      opening: (question) =>
        `**${question}**\n\nI assume a current Node and TypeScript in strict mode. This is what code looks like here.`,
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

It keeps no timer, so there is nothing to clean up. I did not run it against your code.`,
        `\`\`\`python
from collections import Counter


def most_common_words(text: str, n: int = 3) -> list[tuple[str, int]]:
    """The n most frequent words, ties in the order of appearance."""
    return Counter(text.lower().split()).most_common(n)
\`\`\`

- **Cost**: one pass over the text, memory by distinct words.
- **Edge**: an empty text gives an empty list.`,
      ],
      closing:
        'Paste the function and the error, and a real model names the cause first, then the smallest change.',
    },
  },
};
