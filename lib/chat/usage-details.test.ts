import { describe, expect, it } from 'vitest';
import { turnMenuStrings } from './strings/turn-menu';
import { startTurn, type Turn } from './turn';
import { usageRows } from './usage-details';

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
  usageRows(turn, turnMenuStrings(language)).map(({ term, value }) => `${term}: ${value}`);
const line = (term: string, change: Partial<Turn>) =>
  lines({ ...whole, ...change }).find((one) => one.startsWith(`${term}: `));

describe('usageRows', () => {
  it('lists everything known about a reply, in English', () => {
    expect(lines(whole).slice(0, -1)).toEqual([
      'Model: gpt-5:mini',
      'Provider: openai',
      'Tokens in: 1,204',
      'Tokens out: 310 · including 90 for reasoning',
      'Time to first token: 0.4 s',
      'Reasoning time: 3.0 s',
      'Total time: 6.2 s',
      'Context sent: 12 earlier messages and their replies · 2 images',
      'Left out: 3 earlier messages that didn’t fit',
      'Outcome: complete',
    ]);
    expect(lines(whole).at(-1)).toMatch(/^Date: \d{1,2} Jan 1970, \d\d:\d\d$|^Date: 31 Dec 1969/);
  });

  it('lists it in Chinese', () => {
    expect(lines(whole, 'zh').slice(0, -1)).toEqual([
      '模型: gpt-5:mini',
      '服务商: openai',
      '输入 Token: 1,204',
      '输出 Token: 310 · 其中思考 90',
      '首 Token 用时: 0.4 秒',
      '思考用时: 3.0 秒',
      '总用时: 6.2 秒',
      '发送的上下文: 之前的 12 轮对话 · 2 张图片',
      '超出上限未发送: 更早的 3 轮对话',
      '结束方式: 正常结束',
    ]);
  });

  it('tells nothing that is not known', () => {
    expect(lines({ ...started, status: 'interrupted' }).map((one) => one.split(':')[0])).toEqual([
      'Model',
      'Provider',
      'Outcome',
      'Date',
    ]);
  });

  it.each<[string, string, Partial<Turn>]>([
    ['Context sent', 'no earlier messages', { context: { sent: 0, dropped: 0, images: 0 } }],
    [
      'Context sent',
      '1 earlier message and its reply · 1 image',
      { context: { sent: 1, dropped: 0, images: 1 } },
    ],
    ['Left out', '1 earlier message that didn’t fit', { context: { sent: 1, dropped: 1, images: 0 } }],
    ['Tokens out', '310', { usage: { inputTokens: 1, outputTokens: 310 } }],
    ['Outcome', 'reached the model’s length limit', { finishReason: 'length' }],
    ['Outcome', 'stopped by the provider’s content filter', { finishReason: 'content_filter' }],
    ['Outcome', 'ended when the model asked for a tool', { finishReason: 'tool_calls' }],
    ['Outcome', 'ended for an unknown reason', { finishReason: 'other' }],
    ['Outcome', 'complete', { finishReason: undefined }],
    ['Outcome', 'stopped by you', { status: 'stopped' }],
    ['Outcome', 'failed', { status: 'failed' }],
    ['Outcome', 'interrupted when the server stopped', { status: 'interrupted' }],
    ['Model', 'nameless', { reply: { ...started.reply, model: 'nameless' } }],
  ])('%s: %s', (term, value, change) => {
    expect(line(term, change)).toBe(`${term}: ${value}`);
  });
});
