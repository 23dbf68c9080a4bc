import type { DemoText } from './demo-text';

export const zh: DemoText = {
  brief: '你好！问我一个长一点的问题，我就演示一段完整的回答。',
  whatIAm: `> **这是 Confab 内置的演示模型**。它只是演示一段回答，让你不用密钥也能试用全部功能。要接入真正的模型，请在 \`.env.local\` 中填写 \`OPENAI_API_KEY\` 并重新启动，也可以用 \`DEEPSEEK_API_KEY\`、\`QIANWEN_API_KEY\`、\`DOUBAO_API_KEY\` 或 \`KIMI_API_KEY\`。任何兼容的服务都可以通过 \`OPENAI_BASE_URL\` 接入，本机上的 [Ollama](https://ollama.com) 会被自动找到。`,
  reasoning: (question, earlier) =>
    `用户的问题是“${question}”。${
      earlier === null
        ? '这是对话的开头，前面没有可以参考的内容。'
        : `在这之前用户说过“${earlier}”，要记在心里。`
    }我是演示模型，没有知识可用。我会按照这位助手的方式说话，展示页面能显示的内容，并说明如何接入真正的模型。`,
  memory: (earlier, turns) =>
    `${turns === 1 ? '你上一条消息' : `在这之前你发过 ${turns} 条消息，最近一条`}是“${earlier}”：真正的模型会和我一样收到整段对话。`,
  roles: {
    assistant: {
      opening: (question) => `**${question}**\n\n我的回答大致是这个样子。`,
      samples: [
        `| 选项 | 适合的情况 | 代价 |
| --- | --- | ---: |
| 现在就做 | 两分钟能完成 | 低 |
| 排进计划 | 有人在等结果 | 中 |
| 放下不做 | 没有人会注意到 | 无 |

除非有人在等你，我会选第一项。`,
        `1. **用一句话说出你要什么。**
2. **说清限制**：时间、预算、偏好。
3. **做出选择**，并写下理由。

- [x] 初稿
- [ ] 你的修改意见`,
      ],
      closing: '要我把它写得更短，还是展开其中一点？',
    },
    teacher: {
      opening: (question) =>
        `**${question}**\n\n我们一起来看，一小步一小步地走。想象一段楼梯：没有人能一下跳到顶上，每一级都托着下一级。`,
      samples: [
        `1. **我们已经知道什么**？写下来，哪怕看起来很简单。
2. **什么在变化**？只盯住一样东西，看它从这一步到下一步怎么变。
3. **小的例子成立吗**？先用 1 试，再用 2 试。

初学者常常从第三步开始，然后奇怪为什么对不上。`,
        `| 步骤 | 杯子 | 总数 |
| ---: | ---: | ---: |
| 1 | 1 | 1 |
| 2 | 3 | 4 |
| 3 | 5 | 9 |

看最后一列：每个数都是平方数。想一想，*为什么*？`,
      ],
      closing: '轮到你了：哪一步你能用自己的话讲给朋友听？',
    },
    programmer: {
      opening: (question) =>
        `**${question}**\n\n我假设你用的是当前版本的 Node 和严格模式的 TypeScript。代码在这里是这样显示的。`,
      samples: [
        `\`\`\`ts
/** 每 \`ms\` 毫秒至多调用一次 \`task\`，期间的调用会被丢弃。 */
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

它不使用定时器，所以没有需要清理的东西。我没有在你的代码上运行过它。`,
        `\`\`\`python
from collections import Counter


def most_common_words(text: str, n: int = 3) -> list[tuple[str, int]]:
    """出现次数最多的 n 个词，次数相同的按出现顺序排列。"""
    return Counter(text.lower().split()).most_common(n)
\`\`\`

- **代价**：遍历一次文本，内存取决于不同词的数量。
- **边界**：空文本得到空列表。`,
      ],
      closing: '把函数和报错贴上来，真正的模型会先指出原因，再给出最小的修改。',
    },
  },
};
