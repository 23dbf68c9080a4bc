import { calendarDay, count, moment, tenths } from '../format';
import type { Strings } from '../strings';
import { assistants } from './assistants';
import { composing } from './composer';
import { failures } from './failures';
import { keys, palette } from './keys';
import { find, link, long } from './long-conversations';
import { markdown } from './markdown';
import { pages } from './pages';

export const zh: Strings = {
  app: {
    name: 'Confab',
    description: '几位助手，各有各的对话；回复逐字而来，并且一直保留。',
  },
  assistants,
  failures,
  composing,
  find,
  link,
  long,
  keys,
  palette,
  rail: {
    label: '助手',
    replying: '正在回复',
    unread: '有新回复',
    failed: '失败',
    waiting: '有消息等待发送',
    language: '语言',
    languages: { en: 'English', zh: '中文' },
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    skip: '跳到输入框',
  },
  header: {
    untitled: '新的对话',
    keptUntil: (ms, now) => `保留至 ${calendarDay('zh-CN', ms, now)}`,
    keptForever: '永久保留',
    keptInMemory: '保留到服务器重启',
    conversations: '对话列表',
    fresh: '新建对话',
  },
  menu: {
    title: (name) => `与${name}的对话`,
    none: '还没有对话。发出第一条消息就开始了。',
    close: '关闭',
    actions: (title) => `“${title}”的操作`,
    rename: '重命名',
    renameLabel: '标题',
    save: '保存',
    cancel: '取消',
    pin: '置顶',
    unpin: '取消置顶',
    pinned: '已置顶',
    clear: '清空',
    remove: '删除',
    more: '显示更多',
    loading: '正在载入对话列表',
    when: (ms, now) => moment('zh-CN', ms, now),
  },
  toast: {
    cleared: (title) => `“${title}”已清空。`,
    removed: (title) => `“${title}”已删除。`,
    turnRemoved: '这条消息和回复已删除。',
    undo: '撤销',
    dismiss: '关闭',
  },
  turn: {
    you: '你',
    thinking: '思考中…',
    thought: '思考过程',
    thoughtFor: (ms) => `思考了 ${duration(ms)}`,
    waiting: '正在等待第一个字',
    copy: '复制',
    copyReply: '复制回复',
    copied: '已复制',
    copyFailed: '复制失败',
    retry: '重试',
    again: '再问一次',
    stopped: '已停止，已收到的内容已保留。',
    stoppedEmpty: '在第一个字之前就停止了。',
    interrupted: '服务器中途离开了。已收到的内容已保留；重试可得到完整回复。',
    interruptedEmpty: '服务器在第一个字之前离开了。你的消息已保留，请重试。',
    cutAtLimit: '回复达到了模型的长度上限，到此为止。',
    filtered: '服务商的内容过滤结束了这条回复。',
    versions: '版本',
    previousVersion: '上一个版本',
    nextVersion: '下一个版本',
    version: (index, total) => `第 ${index} 个版本，共 ${total} 个`,
    tokensIn: (tokens) => `输入 ${count('zh-CN', tokens)}`,
    tokensOut: (tokens) => `输出 ${count('zh-CN', tokens)}`,
    took: (ms) => `${tenths('zh-CN', ms)} 秒`,
    receipt: '回执',
    memory: '模型从这里开始记得',
  },
  markdown,
  composer: {
    label: (name) => `给${/^[\w]/.test(name) ? ' ' : ''}${name}发消息`,
    send: '发送',
    stop: '停止',
    model: '模型',
    noModels: '没有模型',
    tooLong: (length, limit) =>
      `已有 ${count('zh-CN', length)} 字，上限 ${count('zh-CN', limit)} 字。请缩短后再发送。`,
    reconnecting: '连接断开了，正在接回这条回复…',
    memory: '历史只保存在内存中，服务器重启后就没有了。',
    demo: '这里由演示模型作答。在服务器上填写密钥即可使用真正的模型。',
  },
  pending: {
    sending: '发送中…',
    waiting: '等待发送，会自动发出。',
    offline: '你现在处于离线状态，联网后会自动发出。',
    network: '暂时连不上服务器，恢复后会自动发出。',
    store: '服务器暂时无法保存内容，恢复后会自动发出。',
    restarting: '服务器正在重启，稍后会自动发出。',
    rate: '一下子发得太多了，稍后会自动发出。',
    after: {
      message: '等前一条消息发出后会自动发出。',
      reply: '等正在写的回复结束后会自动发出。',
    },
    now: '立即重试',
    retry: '重试',
    edit: '编辑',
    discard: '丢弃',
  },
  conversation: {
    label: (name) => `与${name}的对话`,
    loading: '正在载入对话',
    older: '显示更早的消息',
    loadingOlder: '正在载入更早的消息',
    newest: '跳到最新',
    unreadable: '对话没能载入',
    retry: '重试',
    suggestions: '建议',
  },
  live: {
    started: (name) => `${name}正在回复。`,
    ended: (name) => `${name}已回复。`,
    stopped: (name) => `${name}已停止。`,
    failed: (name) => `${name}的回复失败了。`,
  },
  pages,
};

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}
