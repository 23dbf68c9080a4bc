import type { Strings } from '../strings';

export const assistants: Strings['assistants'] = {
  assistant: {
    name: '智能助手',
    description: '解答、起草、规划',
    greeting: {
      title: '今天想聊点什么？',
      text: '提问、起草、规划，或者边想边聊都可以。我会直说，拿不准的地方也会告诉你。',
    },
    suggestions: ['安排一个不出城的放松周末', '写一条婉拒对方的短信', '帮我对比两个 offer', '总结一篇长文'],
  },
  teacher: {
    name: 'AI 老师',
    description: '讲到你明白为止',
    greeting: {
      title: '今天想弄懂什么？',
      text: '我会打比方、一步一步地讲，也会反问你，直到你真正弄懂。',
    },
    suggestions: [
      '用一个故事讲讲递归',
      '考考我对光合作用的理解',
      '夜空为什么是黑的？',
      '讲一个让人过目不忘的证明',
    ],
  },
  programmer: {
    name: '编程专家',
    description: '代码、排错、设计',
    greeting: {
      title: '今天想做点什么？',
      text: '贴上代码、报错或想法。我会仔细阅读，找到根源，给出修改方案。',
    },
    suggestions: [
      '帮我找出这个函数的 bug',
      '用 TypeScript 写一个限流器',
      '什么时候用 SQLite 就够了？',
      '上线前帮我审查 API',
    ],
  },
};
