import { expect, it, vi } from 'vitest';
import { ChatError } from './errors';

it('an error made by another bundle of this code is a ChatError all the same', async () => {
  vi.resetModules();
  const elsewhere = await import('./errors');
  expect(elsewhere.ChatError).not.toBe(ChatError);
  expect(new elsewhere.ChatError('store_unavailable')).toBeInstanceOf(ChatError);
  expect(new Error('store_unavailable')).not.toBeInstanceOf(ChatError);
  expect(null).not.toBeInstanceOf(ChatError);
});
