export const unstyled =
  '页面的样式和脚本没有加载成功，请刷新页面。如果这是你的服务器，并且部署在 /chat 这样的子路径下，请设置 BASE_PATH 后重新构建。';
