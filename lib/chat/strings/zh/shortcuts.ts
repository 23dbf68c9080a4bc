import type { palette as enPalette, shortcuts as enShortcuts } from '../en/shortcuts';

export const shortcuts: typeof enShortcuts = {
  title: '键盘快捷键',
  noCode: '这里没有代码块',
  singleKey: '单键快捷键（? 和 /）',
  commands: {
    palette: '搜索与命令',
    newConversation: '新建对话',
    nextAssistant: '下一位助手',
    previousAssistant: '上一位助手',
    compose: '跳到输入框',
    find: '在对话中查找',
    stop: '停止生成',
    copyReply: '复制最后一条回复',
    copyCode: '复制最后一个代码块',
    sheet: '键盘快捷键',
  },
};

export const palette: typeof enPalette = {
  placeholder: '搜索对话、助手、命令…',
  results: '结果',
  none: '没有匹配的结果',
  count: (total) => `${total} 个结果`,
  current: '当前',
  groups: {
    actions: '命令',
    assistants: '助手',
    sessions: '对话',
    models: '模型',
    themes: '主题',
    languages: '语言',
  },
};
