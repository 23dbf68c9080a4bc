import { CONTENT_LIMIT } from '../../text/content';
import { afterHan, calendarDay, clockTime, count } from '../format';
import type { Strings } from '../strings';
import { assistants } from './assistants';
import { attachments } from './attachments';
import { failures } from './failures';
import { pages } from './pages';

export const zh: Strings = {
  app: {
    name: 'Confab',
    description: '自托管的 AI 对话应用：三位助手，对话各自独立，回复实时生成，自动保存。',
  },
  assistants,
  failures,
  attachments,
  find: { open: '在对话中查找', label: '在对话中查找' },
  turnLink: {
    looking: '正在查找这条消息…',
    unknown: '这条消息无法查看：可能已被删除，或属于其他人。',
    other_version: '这条消息在对话的另一个版本中。',
    showVersion: '查看该版本',
  },
  palette: { title: '搜索与命令' },
  rail: {
    label: '助手',
    replying: '正在回复',
    unread: '有新回复',
    failed: '回复失败',
    waiting: '有消息等待发送',
    language: '语言',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    guest: '设备与数据',
    skip: '跳到输入框',
  },
  header: {
    untitled: '新对话',
    keptUntil: (ms, now) => `保留至 ${calendarDay('zh-CN', ms, now)}`,
    keptForever: '永久保留',
    keptInMemory: '服务器重启后丢失',
    openList: '对话列表',
    newConversation: '新建对话',
  },
  toasts: {
    cleared: (title) => `已清空“${title}”`,
    deleted: (title) => `已删除“${title}”`,
    turnDeleted: '已删除这条消息和回复',
    undo: '撤销',
    dismiss: '关闭',
  },
  copyButton: {
    copy: '复制',
    copied: '已复制',
    copyFailed: '复制失败',
  },
  composer: {
    label: (name) => `给${afterHan(name)}发消息`,
    send: '发送',
    stop: '停止',
    model: '模型',
    noModels: '没有可用的模型',
    tooLong: (length) =>
      `消息太长：${count('zh-CN', length)} / ${count('zh-CN', CONTENT_LIMIT)} 字，请缩短后再发送。`,
    reconnecting: '连接已断开，正在重新连接…',
    memoryOnly: '对话仅保存在内存中，服务器重启后会丢失。',
    evicts: '内存用尽时，对话会被删除。',
    demo: '当前为演示模式，回复是预设的。在服务器上配置 API 密钥即可使用真实模型。',
    editing: '正在编辑之前的消息',
    cancelEdit: '取消',
    sendAfterReply: '当前回复结束后发送',
    sendsAfterReply: '当前回复结束后会自动发送。',
    context: (tokens, budget, isFull) =>
      `上下文：约 ${count('zh-CN', tokens)} / ${count('zh-CN', budget)} Token。${
        isFull ? '最早的消息不再发给模型。' : ''
      }`,
    percent: (share) => `${share}%`,
  },
  pending: {
    sending: '发送中…',
    waiting: '排队中，稍后会自动发送。',
    offline: '网络已断开，恢复后会自动发送。',
    network: '无法连接服务器，恢复后会自动发送。',
    store: '服务器暂时无法保存消息，恢复后会自动发送。',
    restarting: '服务器正在重启，稍后会自动发送。',
    paused: '服务器暂停了新消息，恢复后会自动发送。',
    rateLimited: '发送过于频繁，稍后会自动发送。',
    replies: '同时生成的回复太多，其中一条完成后会自动发送。',
    address: '当前网络发送的消息过多，稍后会自动发送。',
    tokens: (resetsAt) => `今日的 Token 额度已用完，${clockTime('zh-CN', resetsAt)} 重置后会自动发送。`,
    cost: (resetsAt) => `今日的费用额度已用完，${clockTime('zh-CN', resetsAt)} 重置后会自动发送。`,
    after: {
      message: '上一条消息发出后会自动发送。',
      reply: '当前回复结束后会自动发送。',
    },
    sendNow: '立即发送',
    retry: '重试',
    edit: '编辑',
    discard: '丢弃',
  },
  conversation: {
    label: (name) => `与${afterHan(name)}的对话`,
    loading: '正在加载对话…',
    showEarlier: '显示更早的消息',
    loadingEarlier: '正在加载更早的消息…',
    jumpToLatest: '跳到最新',
    newBelow: '有新内容',
    newBelowLabel: '下方有新内容，跳到最新',
    loadFailed: '对话加载失败',
    retry: '重试',
    suggestions: '建议',
    promise: '写下的内容不会丢，助手之间互不混淆，一切都归你自己所有。',
  },
  announcements: {
    started: (name) => `${name}正在回复。`,
    finished: (name) => `${name}已回复。`,
    stopped: (name) => `${name}的回复已停止。`,
    failed: (name) => `${name}的回复失败了。`,
  },
  pages,
};
