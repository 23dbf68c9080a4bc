import type { Strings } from '../strings';

export const markdown: Strings['markdown'] = {
  plainText: '文本',
  codeBlock: (language) => `代码，${language}`,
  download: (file) => `下载为 ${file}`,
  wrap: '长行换行',
  table: '表格',
  taskDone: '已完成',
  taskOpen: '待办',
  copyCsv: '复制表格为 CSV',
  copyMarkdown: '复制表格为 Markdown',
  showImage: (host) => `显示来自 ${host} 的图片`,
  imageFailed: '图片无法载入。',
  imageAlt: '图片',
  footnotes: '脚注',
  backToText: '回到正文',
  diagram: '图表',
  diagramFailed: '图表无法绘制，改为显示源代码。',
  formulaFailed: '公式无法排版，改为显示源代码。',
};
