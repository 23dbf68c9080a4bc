import type { find as en } from '../en/find';
import { count } from '../format';

const of = (done: number, total: number): string => `${count('zh-CN', done)} / ${count('zh-CN', total)}`;

export const find: typeof en = {
  earlier: '上一处（Shift+Enter）',
  later: '下一处（Enter）',
  close: '关闭查找',
  position: of,
  none: '没有找到',
  noneYet: '暂未找到',
  searching: (done, total) => `正在查找，已查 ${of(done, total)} 条消息`,
  failed: (done, total) => `查找中断，已查 ${of(done, total)} 条消息。`,
  continue: '继续',
};
