import { afterEach, expect, it, vi } from 'vitest';
import { createBrowserTabs } from './browser-tabs';

afterEach(() => vi.unstubAllGlobals());

it.each<[string, unknown]>([
  ['is missing', undefined],
  [
    'is refused, as in Firefox with blocked cookies',
    class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    },
  ],
])('sends and hears nothing where BroadcastChannel %s', (_where, channel) => {
  vi.stubGlobal('BroadcastChannel', channel);
  const tabs = createBrowserTabs();
  expect(() => tabs.post({ type: 'removed', sessionId: 's' })).not.toThrow();
  expect(tabs.onMessage(() => undefined)).not.toThrow();
});

it('reaches the other browser tabs, and stops hearing them', async () => {
  const [one, other] = [createBrowserTabs(), createBrowserTabs()];
  const heard = Promise.withResolvers<unknown>();
  const stop = one.onMessage(heard.resolve);
  other.post({ type: 'removed', sessionId: 's' });
  expect(await heard.promise).toEqual({ type: 'removed', sessionId: 's' });
  stop();
});
