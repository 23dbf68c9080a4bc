import { count } from '../format';
import type { Strings } from '../strings';

const of = (done: number, total: number): string => `${count('zh', done)} / ${count('zh', total)}`;

export const find: Strings['find'] = {
  open: '在对话中查找',
  label: '在对话中查找',
  earlier: '上一处（Enter）',
  later: '下一处（Shift+Enter）',
  close: '关闭查找',
  position: of,
  none: '没有找到',
  noneYet: '暂时没有找到',
  searching: (done, total) => `正在查找，已查 ${of(done, total)} 轮`,
  failed: (done, total) => `查到 ${of(done, total)} 轮时中断了。`,
  continue: '继续',
};

export const turnLink: Strings['turnLink'] = {
  looking: '正在寻找这条消息…',
  unknown: '链接所指的消息不在这里：可能已被删除，或者属于别人。',
  other_version: '这条消息在对话的另一个版本里。',
  showVersion: '显示那个版本',
};
