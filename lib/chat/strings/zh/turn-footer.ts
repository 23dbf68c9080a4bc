import type { turnFooter as en } from '../en/turn-footer';

export const turnFooter: typeof en = {
  edit: '编辑',
  editing: '正在下方编辑',
  copyMessage: '复制消息',
  more: '更多操作',
  otherModels: '换个模型回答',
  continue: '继续生成',
  stopReading: '停止朗读',
  edits: '编辑版本',
  previousEdit: '上一个编辑版本',
  nextEdit: '下一个编辑版本',
  editVersion: (index, total) => `第 ${index} 个编辑版本，共 ${total} 个`,
};
