import { count } from '../format';
import type { Strings } from '../strings';

const of = (done: number, total: number): string => `${count('zh-CN', done)} / ${count('zh-CN', total)}`;

export const find: Strings['find'] = {
  open: '在对话中查找',
  label: '在对话中查找',
  earlier: '上一处（Enter）',
  later: '下一处（Shift+Enter）',
  close: '关闭查找',
  position: of,
  none: '没有找到',
  noneYet: '暂未找到',
  searching: (done, total) => `正在查找，已查 ${of(done, total)} 条消息`,
  failed: (done, total) => `查找中断，已查 ${of(done, total)} 条消息。`,
  continue: '继续',
};

export const turnLink: Strings['turnLink'] = {
  looking: '正在查找这条消息…',
  unknown: '这条消息无法查看：可能已被删除，或属于其他人。',
  other_version: '这条消息在对话的另一个版本中。',
  showVersion: '查看该版本',
};
