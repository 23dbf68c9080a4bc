import type { turnFooter as en } from '../en/turn-footer';

export const turnFooter: typeof en = {
  edit: '修改后重发',
  editing: '正在下方修改',
  copyMessage: '复制消息',
  more: '更多操作',
  otherModels: '换个模型回答',
  continue: '继续写',
  stopReading: '停止朗读',
  edits: '不同的说法',
  previousEdit: '上一种说法',
  nextEdit: '下一种说法',
  editVersion: (index, total) => `第 ${index} 种说法，共 ${total} 种`,
};
