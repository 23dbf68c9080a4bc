import { expect, it, vi } from 'vitest';
import { ChatError } from './chat-error';

it('instanceof accepts a ChatError from another bundle of this code', async () => {
  vi.resetModules();
  const otherBundle = await import('./chat-error');
  expect(otherBundle.ChatError).not.toBe(ChatError);
  expect(new otherBundle.ChatError('store_unavailable')).toBeInstanceOf(ChatError);
  expect(new Error('store_unavailable')).not.toBeInstanceOf(ChatError);
  expect(null).not.toBeInstanceOf(ChatError);
});
