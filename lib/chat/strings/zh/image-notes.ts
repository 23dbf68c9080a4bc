import { IMAGES_PER_TURN } from '../../image-limits';
import type { imageNotes as en } from '../en/image-notes';

export const imageNotes: typeof en = {
  dismiss: '关闭',
  rejected: {
    type: (name) => `无法添加 ${name}，仅支持 PNG、JPEG、WebP 和 GIF 图片。`,
    heic: (name) =>
      `${name} 是 HEIC 格式的照片，当前浏览器无法打开。请先另存为 JPEG，或截图后再添加。iPhone 之后拍的照片可在“设置 › 相机 › 格式”中选择“兼容性最佳”。`,
    too_big: (name) => `${name} 太大了，请换一张小一点的图片。`,
    unreadable: (name) => `无法打开 ${name}，文件可能已损坏，请换一份试试。`,
    too_many: () => `每条消息最多添加 ${IMAGES_PER_TURN} 张图片，多出的未添加。`,
  },
  uploadFailed: (name, why) => `${name} 上传失败。${why}请重新上传，或移除图片后再发送。`,
  modelCannotSee: (model, hasAlternative) =>
    hasAlternative
      ? `${model} 不支持图片。`
      : `${model} 不支持图片，当前也没有支持图片的模型。移除图片后可只发送文字。`,
  switchTo: (model) => `改用 ${model}`,
};
