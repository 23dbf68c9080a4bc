import type { pasteEditor as en } from '../en/paste-editor';

export const pasteEditor: typeof en = {
  title: '粘贴的文本',
  hint: '会作为单独的一段随消息发送。',
  done: '完成',
};
