import type { conversationList as en } from '../en/conversation-list';
import { afterHan, moment } from '../format';

export const conversationList: typeof en = {
  title: (name) => `与${afterHan(name)}的对话`,
  empty: '还没有对话，发条消息开始吧。',
  close: '关闭',
  actions: (title) => `“${title}”的操作`,
  rename: '重命名',
  titleLabel: '标题',
  save: '保存',
  cancel: '取消',
  pin: '置顶',
  unpin: '取消置顶',
  pinned: '已置顶',
  clear: '清空',
  delete: '删除',
  showMore: '显示更多',
  loading: '正在加载对话列表…',
  updatedAt: (ms, now) => moment('zh-CN', ms, now),
};
