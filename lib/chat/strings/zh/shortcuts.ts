import type { Strings } from '../strings';

export const shortcuts: Strings['shortcuts'] = {
  title: '键盘快捷键',
  singleKey: '单字符快捷键，例如 ? 和 /',
  commands: {
    palette: '搜索与命令',
    newConversation: '新建对话',
    nextAssistant: '下一位助手',
    previousAssistant: '上一位助手',
    compose: '写消息',
    find: '在本对话中查找',
    stop: '停止回复',
    copyReply: '复制最后一条回复',
    sheet: '本列表',
  },
};

export const palette: Strings['palette'] = {
  title: '搜索与命令',
  placeholder: '搜索对话、助手、命令…',
  results: '结果',
  none: '没有这个名字的内容。',
  count: (total) => `${total} 个结果`,
  current: '已选',
  groups: {
    actions: '命令',
    assistants: '助手',
    sessions: '对话',
    models: '模型',
    themes: '主题',
    languages: '语言',
  },
};
