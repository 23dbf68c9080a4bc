import type { ImageReason } from '../errors';

export const imageFailures: Record<ImageReason, { what: string; next: string }> = {
  image_bytes: { what: '图片超过了 10 MB。', next: '请缩小后重新添加。' },
  image_pixels: { what: '图片超过了 5000 万像素。', next: '请缩小后重新添加。' },
  images_together: { what: '这些图片加起来太大了。', next: '请分几条消息发送。' },
  image_unknown: { what: '有一张图片已不在服务器上。', next: '请重新添加后再发送。' },
  no_vision: { what: '这个模型看不了图片。', next: '请换一个能看图的模型，或移除图片。' },
};
