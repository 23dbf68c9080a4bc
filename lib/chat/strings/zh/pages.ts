import type { Strings } from '../strings';

export const pages: Strings['pages'] = {
  errorTitle: '页面出错了',
  errorText: '你的对话都保存在服务器上。重新载入页面即可继续。',
  reload: '重新载入',
  notFoundTitle: '这里什么也没有',
  notFoundText: '这个地址没有内容。你的对话都还在原处。',
  home: '回到对话',
};
