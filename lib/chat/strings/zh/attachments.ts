import { IMAGES_PER_TURN } from '../../image-limits';
import { count } from '../format';
import type { Strings } from '../strings';

export const attachments: Strings['attachments'] = {
  add: '添加图片',
  dropTitle: '松开即可添加图片',
  dropHint: '图片会随消息一起发送。',
  listLabel: '这条消息的附件',
  imageLabel: (index, total) => (total === 1 ? '附带的图片' : `第 ${index} 张图片，共 ${total} 张`),
  removeImage: (index) => `移除第 ${index} 张图片`,
  uploadProgress: (name, percent) => `正在上传 ${name}，${percent}%`,
  cancelUpload: (name) => `取消上传 ${name}`,
  retryUpload: (name) => `重新上传 ${name}`,
  dismiss: '关闭',
  rejected: {
    type: (name) => `无法添加 ${name}，仅支持 PNG、JPEG、WebP 和 GIF 图片。`,
    too_big: (name) => `${name} 太大了，请换一张小一点的图片。`,
    unreadable: (name) => `无法打开 ${name}，文件可能已损坏，请换一份试试。`,
    too_many: () => `每条消息最多添加 ${IMAGES_PER_TURN} 张图片，多出的未添加。`,
  },
  sendsAfterUpload: '图片上传完成后会自动发送。',
  uploadFailed: (name, why) => `${name} 上传失败。${why}请重新上传，或移除图片后再发送。`,
  modelCannotSee: (model, hasAlternative) =>
    hasAlternative
      ? `${model} 不支持图片。`
      : `${model} 不支持图片，当前也没有支持图片的模型。移除图片后可只发送文字。`,
  switchTo: (model) => `改用 ${model}`,
  pasteSummary: (lines, characters) =>
    lines > 1 ? `粘贴的文本 · ${count('zh-CN', lines)} 行` : `粘贴的文本 · ${count('zh-CN', characters)} 字`,
  openPaste: (index) => `打开第 ${index} 段粘贴的文本`,
  removePaste: (index) => `移除第 ${index} 段粘贴的文本`,
  pasteTitle: '粘贴的文本',
  pasteHint: '会作为单独的一段随消息发送。',
  done: '完成',
};
