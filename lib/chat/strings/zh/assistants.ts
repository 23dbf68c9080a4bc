import type { Strings } from '../strings';

export const assistants: Strings['assistants'] = {
  assistant: {
    name: '智能助手',
    description: '解答、起草、规划',
    greeting: {
      title: '今天想聊点什么？',
      text: '提问、起草、规划，或者边想边说都可以。我说话直白，拿不准时会告诉你。',
    },
    suggestions: [
      '规划一个在城里休息的周末',
      '写一封婉拒的短信',
      '把两个方案放在一起比一比',
      '概括我贴上来的长文',
    ],
  },
  teacher: {
    name: 'AI 老师',
    description: '讲到你明白为止',
    greeting: {
      title: '今天想弄懂什么？',
      text: '我用画面和小步子来讲，也会反过来问你，直到它变成你自己的。',
    },
    suggestions: ['用一个故事讲讲递归', '考考我光合作用', '夜空为什么是黑的？', '教我一个忘不掉的证明'],
  },
  programmer: {
    name: '编程专家',
    description: '代码、排错、设计',
    greeting: {
      title: '我们来做点什么？',
      text: '贴上代码、报错或想法。我会仔细读，找到根源，把改动给你看。',
    },
    suggestions: [
      '找出我这个函数里的错',
      '用 TypeScript 写一个限流器',
      '什么时候用 SQLite 就够了？',
      '上线前帮我看看 API',
    ],
  },
};
