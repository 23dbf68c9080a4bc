import type { turnFooter as en } from '../en/turn-footer';

export const turnFooter: typeof en = {
  edit: '修改后重发',
  editing: '正在下方修改',
  copyWords: '复制消息',
  more: '更多操作',
  models: '换个模型回答',
  goOn: '继续写',
  stopReading: '停止朗读',
  wordings: '不同的说法',
  earlierWording: '上一种说法',
  laterWording: '下一种说法',
  wording: (index, total) => `第 ${index} 种说法，共 ${total} 种`,
};
