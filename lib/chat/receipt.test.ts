import { describe, expect, it } from 'vitest';
import { receiptLines } from './receipt';
import { turnMenuStrings } from './strings/turn-menu';
import { startTurn, type Turn } from './turn';

const started = startTurn({
  id: 't',
  assistantId: 'teacher',
  content: 'q',
  model: 'openai:gpt-5:mini',
  now: 0,
});
const whole: Turn = {
  ...started,
  status: 'done',
  finishReason: 'stop',
  usage: { inputTokens: 1204, outputTokens: 310, reasoningTokens: 90 },
  timing: { firstTokenMs: 420, totalMs: 6240, thoughtMs: 3000 },
  context: { sent: 12, dropped: 3, images: 2 },
};
const lines = (turn: Turn, language: 'en' | 'zh' = 'en') =>
  receiptLines(turn, turnMenuStrings(language)).map(({ term, told }) => `${term}: ${told}`);
const line = (term: string, change: Partial<Turn>) =>
  lines({ ...whole, ...change }).find((one) => one.startsWith(`${term}: `));

describe('the receipt of a reply', () => {
  it('tells all that is known, in English', () => {
    expect(lines(whole).slice(0, -1)).toEqual([
      'Model: gpt-5:mini',
      'Provider: openai',
      'Tokens in: 1,204',
      'Tokens out: 310 · 90 of them thoughts',
      'First word after: 0.4 s',
      'Thought for: 3.0 s',
      'In all: 6.2 s',
      'Sent along: 12 earlier messages with their replies · 2 images',
      'Left out: 3 earlier messages, for want of room',
      'Ended: whole',
    ]);
    expect(lines(whole).at(-1)).toMatch(/^When: \d{1,2} Jan 1970, \d\d:\d\d$|^When: 31 Dec 1969/);
  });

  it('and in Chinese', () => {
    expect(lines(whole, 'zh').slice(0, -1)).toEqual([
      '模型: gpt-5:mini',
      '服务商: openai',
      '输入令牌: 1,204',
      '输出令牌: 310 · 其中思考 90',
      '首字用时: 0.4 秒',
      '思考用时: 3.0 秒',
      '总用时: 6.2 秒',
      '一并发送: 之前的 12 轮对话 · 2 张图片',
      '未能放入: 更早的 3 轮对话，放不下了',
      '结束: 完整',
    ]);
  });

  it('tells nothing that is not known', () => {
    expect(lines({ ...started, status: 'interrupted' }).map((one) => one.split(':')[0])).toEqual([
      'Model',
      'Provider',
      'Ended',
      'When',
    ]);
  });

  it.each<[string, string, Partial<Turn>]>([
    ['Sent along', 'nothing of what was said before', { context: { sent: 0, dropped: 0, images: 0 } }],
    [
      'Sent along',
      '1 earlier message with its reply · 1 image',
      { context: { sent: 1, dropped: 0, images: 1 } },
    ],
    ['Left out', '1 earlier message, for want of room', { context: { sent: 1, dropped: 1, images: 0 } }],
    ['Tokens out', '310', { usage: { inputTokens: 1, outputTokens: 310 } }],
    ['Ended', 'at the model’s length limit', { finishReason: 'length' }],
    ['Ended', 'by the provider’s content filter', { finishReason: 'content_filter' }],
    ['Ended', 'when the model asked for a tool', { finishReason: 'tool_calls' }],
    ['Ended', 'for a reason the model did not explain', { finishReason: 'other' }],
    ['Ended', 'whole', { finishReason: undefined }],
    ['Ended', 'stopped by you', { status: 'stopped' }],
    ['Ended', 'by a failure', { status: 'failed' }],
    ['Ended', 'the server went away', { status: 'interrupted' }],
    ['Model', 'nameless', { reply: { ...started.reply, model: 'nameless' } }],
  ])('%s: %s', (term, told, change) => {
    expect(line(term, change)).toBe(`${term}: ${told}`);
  });
});
