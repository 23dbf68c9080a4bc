import type { Words } from './index';

export const long: Words['long'] = {
  news: '有新内容',
  toNews: '下方有新内容，跳到最新',
};
