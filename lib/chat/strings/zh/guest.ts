import type { guest as en } from '../en/guest';
import { count, moment } from '../format';

export const guest: typeof en = {
  intro: '这里无需注册账号，以下浏览器可以打开你的对话。',
  accountIntro: '以下浏览器已登录你的账号，可以打开你的对话。',
  devices: '已登录的浏览器',
  loading: '正在加载…',
  retry: '重试',
  unknown: '未知浏览器',
  current: '当前浏览器',
  lastSeen: (ms, now) => `最近使用：${moment('zh-CN', ms, now)}`,
  rename: (name) => `重命名：${name}`,
  signOut: '退出登录',
  signOutOf: (name) => `退出登录：${name}`,
  signedOut: (name) => `已退出登录：${name}`,
  cancel: '取消',
  leave: {
    button: '退出此浏览器',
    warning:
      '对话仍保存在服务器上。如果没有其他已登录的浏览器，就无法再打开这些对话。此浏览器中的草稿会被删除。',
    confirm: '确认退出',
  },
  leaveAccount: {
    button: '退出此浏览器',
    warning: '对话仍保存在你的账号中。此浏览器中的草稿会被删除。',
    confirm: '确认退出',
  },
  join: {
    offer: (total) => `此浏览器中有 ${count('zh-CN', total)} 个登录前的对话。`,
    accept: '加入我的账号',
    later: '暂不',
  },
  erase: {
    button: '删除全部数据',
    warning: '所有对话、图片和草稿都会被删除，所有浏览器都会退出登录。此操作无法撤销。',
    confirm: '确认删除',
  },
};
