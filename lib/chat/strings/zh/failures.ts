import { IMAGE_BYTES, IMAGE_PIXELS } from '../../image-limits';
import { CONTENT_LIMIT } from '../../text/content';
import { count, megabytes } from '../format';
import type { Strings } from '../strings';

const TRY_LATER = '请稍后再试。';
const TRY_ANOTHER_MODEL = '请重试，或更换模型。';

export const failures: Strings['failures'] = {
  codes: {
    bad_request: { what: '服务器无法处理这个请求。', next: '请修改消息或刷新页面，然后重试。' },
    unauthorized: { what: '当前浏览器没有访问权限。', next: '请刷新页面重新登录。' },
    forbidden: {
      what: '服务器不认可当前的访问地址，已拒绝请求。',
      next: '请用常用地址打开本站。如果这是你的服务器，请检查 ALLOWED_HOSTS 和 TRUST_PROXY。',
    },
    method_not_allowed: { what: '服务器不支持这个操作。', next: '请刷新页面后重试。' },
    not_found: { what: '内容不存在。', next: '可能已被删除或已过期，请打开其他对话。' },
    turn_in_progress: { what: '这个对话中还有一条回复正在生成。', next: '请等回复完成，或停止后再发送。' },
    wrong_assistant: { what: '这个对话属于另一位助手。', next: '请新建对话后再发送。' },
    turn_mismatch: { what: '这条消息已用其他内容发送过。', next: '请丢弃这一份，或作为新消息发送。' },
    too_large: {
      what: '消息太长了。',
      next: `请缩短到 ${count('zh-CN', CONTENT_LIMIT)} 字以内再发送。`,
    },
    unsupported_image: { what: '不支持这种图片格式。', next: '请使用 PNG、JPEG、WebP 或 GIF。' },
    rate_limited: { what: '发送过于频繁。', next: TRY_LATER },
    quota_exceeded: { what: '服务器的某项额度已用完。', next: '请在额度重置后重试。' },
    internal: { what: '服务器出错了。', next: '请重试。如果问题持续出现，请查看服务器日志。' },
    model_unavailable: { what: '这台服务器没有配置这个模型。', next: '请在下方更换模型后重试。' },
    store_unavailable: { what: '对话存储暂时不可用。', next: TRY_LATER },
    paused: { what: '服务器管理员暂停了新消息。', next: '恢复后会自动发送。' },
    shutting_down: { what: '服务器正在重启。', next: TRY_LATER },
    model_failed: { what: '模型没有回复。', next: TRY_ANOTHER_MODEL },
    network: { what: '无法连接服务器。', next: '请检查网络后重试。' },
    offline: { what: '网络已断开。', next: '请联网后重试。' },
  },
  reasons: {
    auth: { what: '模型服务商拒绝了 API 密钥。', next: '请检查服务器上的密钥，或更换模型。' },
    rate_limited: {
      what: '对模型服务商的请求过于频繁，或额度已用完。',
      next: '请稍后再试，或更换模型。',
    },
    unreachable: { what: '无法连接模型服务商。', next: '请重试，或检查服务器上配置的地址。' },
    upstream: { what: '模型服务商出错了。', next: TRY_ANOTHER_MODEL },
    cut: { what: '与模型的连接断开了。', next: '重试即可获取完整回复。' },
    malformed: { what: '模型返回的内容无法解析。', next: TRY_ANOTHER_MODEL },
    empty: { what: '模型没有返回内容。', next: '请重试，或换个问法。' },
    stalled: { what: '模型长时间没有响应。', next: TRY_ANOTHER_MODEL },
    access_code: { what: '现在需要访问码才能使用。', next: '刷新页面后输入访问码。' },
    sign_in: { what: '你尚未登录。', next: '刷新页面后登录。' },
    signed_out: { what: '此浏览器已退出登录。', next: '刷新页面后重新开始。' },
    image_bytes: { what: `图片超过 ${megabytes(IMAGE_BYTES)} MB。`, next: '请缩小后重新添加。' },
    image_pixels: { what: `图片超过 ${IMAGE_PIXELS / 10_000} 万像素。`, next: '请缩小后重新添加。' },
    images_together: { what: '这些图片加起来太大了。', next: '请分成几条消息发送。' },
    image_unknown: { what: '有图片在服务器上已不存在。', next: '请重新添加后再发送。' },
    no_vision: { what: '这个模型不支持图片。', next: '请更换支持图片的模型，或移除图片。' },
    storage: { what: '你在这台服务器上的存储空间已满。', next: '请删除不再需要的对话，空间会在一天内释放。' },
    tokens: { what: '今日的 Token 额度已用完。', next: '额度在 UTC 零点重置。' },
    cost: { what: '今日的费用额度已用完。', next: '额度在 UTC 零点重置。' },
    replies: { what: '同时生成的回复太多了。', next: '请等其中一条完成，或停止一条。' },
    images: { what: '上传图片过于频繁。', next: TRY_LATER },
    address: { what: '当前网络发送的消息过多。', next: TRY_LATER },
  },
  storage: {},
  kept: {
    message: '你的消息已保存。',
    partial: '生成的内容已保存。',
    unsent: '消息已保存在这里，尚未发送。',
    history: '没有内容丢失。',
    untouched: '未作任何改动。',
    tab: '你看到的内容仍保留在此标签页，新消息会等待发送。',
    shown: '这些内容只在此标签页中。',
    drafts: '草稿已保存在此浏览器中。',
  },
  retryIn: (seconds) => {
    if (seconds <= 90) return `请在 ${seconds} 秒后重试。`;
    if (seconds <= 90 * 60) return `请在 ${Math.ceil(seconds / 60)} 分钟后重试。`;
    return `请在 ${Math.ceil(seconds / 3600)} 小时后重试。`;
  },
};
