import type { DemoText } from './demo-text';

export const zh: DemoText = {
  shortReply: '你好！换个长一点的问题，我就演示一段完整的回复。',
  notice: `> **这是 Confab 内置的演示模型**。回复是预设的，没有 API 密钥也能试用全部功能。要接入真实模型，请在 \`.env.local\` 中配置 \`OPENAI_API_KEY\` 并重启服务器，也可以用 \`DEEPSEEK_API_KEY\`、\`QIANWEN_API_KEY\`、\`DOUBAO_API_KEY\` 或 \`KIMI_API_KEY\`。任何兼容的服务都可以通过 \`OPENAI_BASE_URL\` 接入，本机上的 [Ollama](https://ollama.com) 会自动识别。`,
  reasoning: (question, earlier) =>
    `用户的问题是“${question}”。${
      earlier === null
        ? '这是第一条消息，没有上文可以参考。'
        : `在这之前用户说过“${earlier}”，需要结合起来看。`
    }我是演示模型，并不知道答案。我会按这位助手的风格回复，展示页面能显示的内容，并说明如何接入真实模型。`,
  earlierMessage: (earlier, turns) =>
    `${turns === 1 ? '你的上一条消息' : `在这之前你发过 ${turns} 条消息，最近一条`}是“${earlier}”。真实模型也会像我一样收到之前的消息。`,
  roles: {
    assistant: {
      opening: (question) => `**${question}**\n\n我的回复大致是这个样子。`,
      samples: [
        `| 选项 | 适合的情况 | 成本 |
| --- | --- | ---: |
| 现在就做 | 两分钟能完成 | 低 |
| 排进计划 | 有人在等结果 | 中 |
| 干脆不做 | 没有人会注意到 | 无 |

除非有人在等你，否则我会选第一项。`,
        `1. **用一句话说清你想要什么。**
2. **列出限制**：时间、预算、偏好。
3. **做出选择**，并写下理由。

- [x] 初稿
- [ ] 你的修改意见`,
      ],
      closing: '要我再精简一些，还是展开其中一点？',
    },
    teacher: {
      opening: (question) =>
        `**${question}**\n\n我们一起一步一步来看。就像爬楼梯：没有人能一步登顶，每一级都是下一级的基础。`,
      samples: [
        `1. **我们已经知道什么**？写下来，哪怕看起来很简单。
2. **什么在变化**？只盯住一个量，看它从上一步到下一步怎么变。
3. **在小例子上成立吗**？先用 1 试，再用 2 试。

初学者常常直接从第三步开始，然后纳闷为什么对不上。`,
        `| 步骤 | 杯子 | 总数 |
| ---: | ---: | ---: |
| 1 | 1 | 1 |
| 2 | 3 | 4 |
| 3 | 5 | 9 |

看最后一列：每个数都是平方数。想一想，*为什么*？`,
      ],
      closing: '轮到你了：你能用自己的话把哪一步讲给朋友听？',
    },
    programmer: {
      opening: (question) =>
        `**${question}**\n\n假设你用的是当前版本的 Node 和严格模式的 TypeScript。代码的显示效果如下。`,
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

它不使用定时器，所以无需清理。我没有用你的代码运行过它。`,
        `\`\`\`python
from collections import Counter


def most_common_words(text: str, n: int = 3) -> list[tuple[str, int]]:
    """出现次数最多的 n 个词，次数相同的按出现顺序排列。"""
    return Counter(text.lower().split()).most_common(n)
\`\`\`

- **开销**：遍历一次文本，内存占用取决于不同词的数量。
- **边界情况**：空文本返回空列表。`,
      ],
      closing: '把函数和报错贴上来，真实模型会先指出原因，再给出改动最小的修复方案。',
    },
  },
};
