import type { admin as en } from '../en/admin';
import { count, tenths } from '../format';

export const admin: typeof en = {
  title: '管理',
  signIn: {
    label: '管理密码',
    hint: '对应服务器设置项',
    submit: '登录',
    problems: {
      token: '密码不正确。',
      ended: '登录已失效，请重新登录。',
    },
  },
  signOut: '退出登录',
  refresh: '刷新',
  version: (version) => `版本 ${version}`,
  startedAt: '启动时间',
  unkept: '以下数据仅来自当前服务器进程，从启动时开始统计。',
  newMessages: {
    title: '新消息',
    open: '用户可以正常发送消息。',
    paused: '暂停于',
    pausedNote: '新消息会留在用户的浏览器里等待，正在生成的回复会继续完成。',
    pause: '暂停新消息',
    resume: '恢复',
  },
  now: {
    title: '当前状态',
    liveReplies: '正在生成的回复',
    turnsToday: '今日轮次',
    tokensToday: '今日 Token',
    limitsToday: '今日被限制的请求',
    storage: '存储',
    storageErrors: (errors) => `失败 ${count('zh', errors)} 次`,
    latency: (ms) => `${tenths('zh', ms * 1000)} 毫秒`,
    notDurable: '仅保存在内存中',
  },
  days: {
    turns: '每日轮次',
    tokens: '每日 Token',
    summary: (days, most, today) =>
      `最近 ${days} 天，单日最多 ${count('zh', most)}，今日 ${count('zh', today)}。`,
    most: '单日最多',
    succeeded: '其他',
    failed: '失败',
    input: '输入',
    output: '输出',
    asTable: '以表格显示',
    day: '日期（UTC）',
  },
  models: { title: '模型', name: '模型' },
  guests: {
    title: '访客',
    note: '访客以短哈希显示，与服务器日志中的一致。',
    name: '访客',
    others: '其余访客',
  },
  limits: { title: '被限制的请求', name: '限制', count: '请求数' },
  turns: '轮次',
  tokens: 'Token 数',
  none: '最近 30 天没有记录。',
  count: (value) => count('zh', value),
};
