import { count } from '../format';
import type { Strings } from '../strings';

export const attachments: Strings['attachments'] = {
  add: '添加图片',
  dropTitle: '把图片放在这里',
  dropHint: '图片会成为消息的一部分。',
  listLabel: '这条消息的附件',
  imageLabel: (index, total) => (total === 1 ? '附带的图片' : `第 ${index} 张图片，共 ${total} 张`),
  removeImage: (index) => `移除第 ${index} 张图片`,
  uploadProgress: (name, percent) => `正在上传 ${name}，${percent}%`,
  cancelUpload: (name) => `不发送 ${name}`,
  retryUpload: (name) => `重新上传 ${name}`,
  dismiss: '知道了',
  rejected: {
    type: (name) => `${name} 不是可以发送的图片。请使用 PNG、JPEG、WebP 或 GIF。`,
    too_big: (name) => `${name} 太大，无法发送。请换一张小一些的图片。`,
    unreadable: (name) => `${name} 无法作为图片读取，可能已损坏，请换一份试试。`,
    too_many: (most) => `一条消息最多 ${most} 张图片，其余的没有加入。`,
  },
  sendsAfterUpload: '图片上传完就会发出。',
  uploadFailed: (name, why) => `${name} 没有上传成功。${why}请重新上传或移除，再发送。`,
  modelCannotSee: (model) => `${model} 看不了图片。`,
  switchTo: (model) => `改用 ${model}`,
  noVisionModel: '这里没有能看图片的模型。移除图片即可只发送文字。',
  pasteSummary: (lines, characters) =>
    lines > 1 ? `粘贴的文本 · ${count('zh-CN', lines)} 行` : `粘贴的文本 · ${count('zh-CN', characters)} 字`,
  openPaste: (index) => `打开第 ${index} 段粘贴的文本`,
  removePaste: (index) => `移除第 ${index} 段粘贴的文本`,
  pasteTitle: '粘贴的文本',
  pasteHint: '它会作为单独的一段随消息一起发送。',
  done: '完成',
};

export const imageViewer: Strings['imageViewer'] = {
  title: '这条消息的图片',
  close: '关闭',
  previous: '上一张图片',
  next: '下一张图片',
  fullSize: '按原尺寸显示',
  fit: '适应屏幕',
  openInTab: '在新标签页中打开',
};
