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
  sendsAfterUpload: '图片上传完成后会自动发送。',
  pasteSummary: (lines, characters) =>
    lines > 1 ? `粘贴的文本 · ${count('zh-CN', lines)} 行` : `粘贴的文本 · ${count('zh-CN', characters)} 字`,
  openPaste: (index) => `打开第 ${index} 段粘贴的文本`,
  removePaste: (index) => `移除第 ${index} 段粘贴的文本`,
};
