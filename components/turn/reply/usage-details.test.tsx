import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { startTurn, type Turn } from '@/lib/chat/turn';
import { UsageDetails } from './usage-details';

const started = startTurn({ id: 't', assistantId: 'teacher', content: 'q', model: 'openai:gpt-x', now: 1 });
const shown = (change: Partial<Turn> = {}) => {
  const html = renderToStaticMarkup(<UsageDetails turn={{ ...started, status: 'done', ...change }} />);
  return html.replace(/<[^>]+>/g, '|');
};

describe('the usage line under a reply', () => {
  it('has the tokens and the time, not the name of the model, which the composer shows', () => {
    const text = shown({
      usage: { inputTokens: 1_327, outputTokens: 23 },
      timing: { firstTokenMs: 200, totalMs: 4_200 },
    });
    expect(text).toContain('1,327 tokens in');
    expect(text).toContain('4.2 s');
    expect(text).not.toContain('gpt-x');
  });

  it('is still a control with a name where nothing was counted', () => {
    expect(shown().replaceAll('|', '').trim()).toBe('Usage details');
  });
});
