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
  notes: {
    stopped: '已停止生成。',
    stoppedEmpty: '已停止，尚未生成内容。',
    interrupted: '服务器中断，回复不完整。生成的内容已保存。重试即可获取完整回复。',
    interruptedEmpty: '服务器中断，未能开始回复。你的消息已保存，请重试。',
    cutAtLimit: '回复已达到模型的输出上限。',
    filtered: '回复被服务商的内容审核拦截。',
  },
};
