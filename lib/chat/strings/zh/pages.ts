import type { Strings } from '../strings';

export const pages: Strings['pages'] = {
  errorTitle: '页面出错了',
  errorText: '你的对话都保存在服务器上，刷新页面即可继续。',
  reload: '刷新页面',
  notFoundTitle: '页面不存在',
  notFoundText: '请检查链接是否正确。你的对话都还在。',
  home: '返回对话',
};
