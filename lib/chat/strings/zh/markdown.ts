import type { markdown as en } from '../en/markdown';

export const markdown: typeof en = {
  plainText: '文本',
  codeBlock: (language) => `代码，${language}`,
  download: (file) => `下载为 ${file}`,
  wrap: '自动换行',
  table: '表格',
  taskDone: '已完成',
  taskOpen: '待办',
  copyCsv: '将表格复制为 CSV',
  copyMarkdown: '将表格复制为 Markdown',
  showImage: (host) => `显示来自 ${host} 的图片`,
  openImage: (host) => `在新标签页中打开来自 ${host} 的图片`,
  imageFailed: '图片加载失败。',
  imageAlt: '图片',
  footnotes: '脚注',
  backToText: '返回正文',
  diagram: '图表',
  diagramFailed: '图表无法显示，已改为显示源代码。',
  formulaFailed: '公式无法显示，已改为显示源代码。',
};
