import type { imageViewer as en } from '../en/image-viewer';

export const imageViewer: typeof en = {
  title: '这条消息中的图片',
  close: '关闭',
  previous: '上一张图片',
  next: '下一张图片',
  fullSize: '查看原图',
  fit: '适应屏幕',
  openInTab: '在新标签页中打开',
};
