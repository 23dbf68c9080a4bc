import type { Words } from './index';

export const failures: Words['failures'] = {
  codes: {
    bad_request: { what: '服务器没有接受这个请求。', next: '改一改消息，或者刷新页面。' },
    unauthorized: { what: '这个浏览器没有访问权限。', next: '请刷新页面重新登录。' },
    not_found: { what: '它已经不在这里了。', next: '可能已被删除或过期，请打开别的对话。' },
    turn_in_progress: { what: '这个对话里还有一条回复正在写。', next: '等它写完或先停下，再发送。' },
    wrong_assistant: { what: '这个对话属于另一位助手。', next: '请新建对话后再发送。' },
    turn_mismatch: { what: '这条消息已用别的内容发送过。', next: '请丢弃这一份，或作为新消息发送。' },
    too_large: { what: '消息太长了。', next: '请缩短到 32,000 字以内再发送。' },
    unsupported_image: { what: '不支持这种图片。', next: '请使用 PNG、JPEG、WebP 或 GIF。' },
    rate_limited: { what: '一下子发得太多了。', next: '请稍等片刻再试。' },
    internal: { what: '服务器出了点问题。', next: '请再试一次；若一直如此，请查看服务器日志。' },
    model_unavailable: { what: '这台服务器没有配置这个模型。', next: '请在下方换一个模型再试。' },
    store_unavailable: { what: '暂时连不上保存对话的存储。', next: '请稍后再试。' },
    shutting_down: { what: '服务器正在重启。', next: '请稍后再试。' },
    model_failed: { what: '模型没有回答。', next: '请再试一次，或换一个模型。' },
    network: { what: '连不上服务器。', next: '请检查网络后再试。' },
    offline: { what: '你现在处于离线状态。', next: '联网后再试。' },
  },
  reasons: {
    auth: { what: '模型服务商拒绝了密钥。', next: '请检查服务器上的 API 密钥，或换一个模型。' },
    rate_limited: { what: '模型服务商请求过多，或额度已用完。', next: '请稍等，或换一个模型。' },
    unreachable: { what: '连不上模型的服务器。', next: '请检查服务器上填写的地址，或再试一次。' },
    upstream: { what: '模型的服务器出错了。', next: '请再试一次，或换一个模型。' },
    cut: { what: '与模型的连接中途断开了。', next: '再试一次即可得到完整回复。' },
    malformed: { what: '模型发来了无法读取的内容。', next: '请再试一次，或换一个模型。' },
    empty: { what: '模型一个字也没说就结束了。', next: '请再试一次，或换个说法。' },
    stalled: { what: '模型太久没有动静。', next: '请再试一次，或换一个模型。' },
  },
  kept: {
    message: '你的消息已保留。',
    partial: '已收到的内容已保留。',
    unsent: '你的消息保留在这里，尚未发送。',
    history: '没有丢失任何内容。',
  },
  retryIn: (seconds) => `请在 ${seconds} 秒后再试。`,
};
