import type { DemoText } from './demo-text';

export const zh: DemoText = {
  notice: `> **这是 Confab 内置的演示模型**。回复是预设的，会带你看看这个页面能做什么。要接入真实模型，请在 \`.env.local\` 中配置 \`OPENAI_API_KEY\` 并重启服务器，也可以用 \`DEEPSEEK_API_KEY\`、\`QIANWEN_API_KEY\`、\`DOUBAO_API_KEY\` 或 \`KIMI_API_KEY\`。任何兼容的服务都可以通过 \`OPENAI_BASE_URL\` 接入，本机上的 [Ollama](https://ollama.com) 会自动识别。`,
  shortNotice: '> **演示模型**：这条回复是预设的。',
  greeting: '你好！',
  result: (sum, value) => `${sum} = **${value}**。这个演示模型还是会算的。`,
  invitation:
    '随便问我一个问题，就开始一段简短的演示：思考过程、表格、代码、公式、图表、停止回复，以及切换助手。',
  reasoning: (question, earlier) =>
    `用户的问题是“${question}”。${
      earlier === null
        ? '这是第一条消息，没有上文可以参考。'
        : `在这之前用户说过“${earlier}”，需要结合起来看。`
    }我是演示模型，并不知道答案。真实模型的思考过程会显示在这里，回复开始后自动收起。`,
  earlierMessage: (earlier, turns) =>
    `${turns === 1 ? '你的上一条消息' : `在这之前你发过 ${turns} 条消息，最近一条`}是“${earlier}”。真实模型也会像我一样收到之前的消息。`,
  stops: {
    steps: {
      name: '列表',
      text: `1. **我们已经知道什么**？写下来，哪怕看起来很简单。
2. **什么在变化**？只盯住一个量，看它从上一步到下一步怎么变。
3. **在小例子上成立吗**？先用 1 试，再用 2 试。

- [x] 读题
- [ ] 试一个小例子`,
    },
    table: {
      name: '表格',
      text: `| 选项 | 适合的情况 | 成本 |
| --- | --- | ---: |
| 现在就做 | 两分钟能完成 | 低 |
| 排进计划 | 有人在等结果 | 中 |
| 干脆不做 | 没有人会注意到 | 无 |

表格可以复制到电子表格里，太宽时可以单独左右滚动。`,
    },
    code: {
      name: '代码',
      text: `\`\`\`ts
/** 每 \`ms\` 毫秒至多调用一次 \`task\`，期间的调用会被丢弃。 */
export function throttle(task: () => void, ms: number): () => void {
  let next = 0;
  return () => {
    if (performance.now() < next) return;
    next = performance.now() + ms;
    task();
  };
}
\`\`\`

代码会按语言着色，上方的按钮可以复制整段代码。`,
    },
    formula: {
      name: '公式',
      text: `公式会像书里一样排版，可以写在句子里，比如 $e^{i\\pi} + 1 = 0$，也可以单独成行：

$$
\\sum_{k=1}^{n} (2k - 1) = n^2
$$

意思是：从 1 开始的连续奇数之和总是平方数，$1 + 3 + 5 = 3^2$。`,
    },
    diagram: {
      name: '图表',
      text: `模型用 Mermaid 写出的图表会直接画出来：

\`\`\`mermaid
flowchart LR
  Q[你的问题] --> S[你的服务器]
  S --> M[模型]
  M --> S
  S --> K[(你的对话记录)]
\`\`\``,
    },
    stop: {
      name: '停止回复',
      text: `这条回复特意写得很长。在它生成的过程中**点一下“停止”**（或按 Esc）：已生成的内容会保留，再点**“继续生成”**就从那里接着写。你也可以刷新或关掉页面，服务器会自己把回复写完。

${[
  '数羊要有耐心。',
  '第一只羊跳过了栅栏。',
  '第二只羊看了看栅栏，也跳了过去。',
  '第三只羊先助跑了几步。',
  '第四只羊宁愿绕过去。',
  '第五只羊问栅栏是谁修的。',
  '第六只羊详细地解释了一遍。',
  '第七只羊已经睡着了，这正是数羊的目的。',
  '第八只羊放轻脚步，免得吵醒它。',
  '第九只羊数了数大家，得出十一只。',
  '第十只羊又数了一遍，这下放心了。',
]
  .map((line, index) => `${index + 1}. ${line}`)
  .join('\n')}`,
    },
    assistants: {
      name: '切换助手',
      text: '这里有三位助手，他们的对话互不混淆。在这条回复生成的过程中**切换到另一位助手**试试：它会在后台继续写，写完后有圆点提示。每位助手各有自己的草稿和对话记录，全部保存在这台服务器上。',
    },
  },
  next: (name) => `接下来演示：${name}。随便发一条消息就继续。`,
  end: '演示到这里就结束了。再发一条消息可以从头开始，也可以接入真实模型。',
  roles: {
    assistant: {
      opening: (question) => `**${question}**\n\n我的回复大致是这个样子。`,
      closing: '要我再精简一些，还是展开其中一点？',
    },
    teacher: {
      opening: (question) =>
        `**${question}**\n\n我们一起一步一步来看。就像爬楼梯：没有人能一步登顶，每一级都是下一级的基础。`,
      closing: '轮到你了：你能用自己的话把哪一步讲给朋友听？',
    },
    programmer: {
      opening: (question) =>
        `**${question}**\n\n假设你用的是当前版本的 Node 和严格模式的 TypeScript。代码的显示效果如下。`,
      closing: '把函数和报错贴上来，真实模型会先指出原因，再给出改动最小的修复方案。',
    },
  },
};
