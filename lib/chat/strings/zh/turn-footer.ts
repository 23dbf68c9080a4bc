import type { turnFooter as en } from '../en/turn-footer';
import { count, tenths } from '../format';

export const turnFooter: typeof en = {
  you: '你',
  thinking: '思考中…',
  reasoning: '思考过程',
  thoughtFor: (ms) => `思考了 ${duration(ms)}`,
  waiting: '正在等待回复',
  copyReply: '复制回复',
  retry: '重试',
  regenerate: '重新生成',
  versions: '版本',
  previousVersion: '上一个版本',
  nextVersion: '下一个版本',
  version: (index, total) => `第 ${index} 个版本，共 ${total} 个`,
  tokensIn: (tokens) => `输入 ${count('zh-CN', tokens)} Token`,
  tokensOut: (tokens) => `输出 ${count('zh-CN', tokens)}`,
  duration: (ms) => `${tenths('zh-CN', ms)} 秒`,
  usageDetails: '用量详情',
  contextStart: '模型只能看到此线以下的消息',
  edit: '编辑',
  editing: '正在下方编辑',
  copyMessage: '复制消息',
  more: '更多操作',
  otherModels: '换个模型回答',
  tryWith: (model) => `用 ${model} 重试`,
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

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}
