import type { access as en } from '../en/access';
import { count } from '../format';

export const access: typeof en = {
  title: '请输入访问码',
  text: '此服务器不对外开放，输入你收到的访问码即可继续。',
  signInTitle: '请先登录',
  signInText: '登录后，在任何设备上都能看到你的对话。',
  signIn: '登录',
  signInFailed: '登录失败，请重试，或联系此服务器的所有者。',
  label: '访问码',
  enter: '继续',
  checking: '正在验证…',
  noCookies: '浏览器阻止了本站的 Cookie，无法进入。请允许本站使用 Cookie，然后刷新页面。',
  wrong: '访问码不正确，请检查后重试。',
  wrongWait: (wait) => `访问码不正确，请在 ${count('zh-CN', wait)} 秒后重试。`,
  tooMany: (wait) => `错误次数过多，请在 ${count('zh-CN', wait)} 秒后重试。`,
};
