import { afterEach, expect, it, vi } from 'vitest';
import { browserLocks } from './locks';

afterEach(() => vi.unstubAllGlobals());

type Request = (
  name: string,
  options: { ifAvailable: boolean },
  run: (lock: object | null) => unknown,
) => unknown;

const stubLocks = (request: Request) => vi.stubGlobal('navigator', { locks: { request } });

const refusal = () => new DOMException('Access to the Locks API is denied in this context.', 'SecurityError');

it.each<[string, () => void]>([
  ['are missing, as on plain http', () => vi.stubGlobal('navigator', {})],
  ['are refused, as with blocked cookies', () => stubLocks(() => Promise.reject(refusal()))],
  [
    'throw',
    () =>
      stubLocks(() => {
        throw refusal();
      }),
  ],
  [
    'cannot even be looked at',
    () =>
      vi.stubGlobal('navigator', {
        get locks() {
          throw refusal();
        },
      }),
  ],
])('runs without a lock where locks %s', async (_where, stub) => {
  stub();
  const run = vi.fn(async () => {});
  expect(await browserLocks.hold('a', run, { ifFree: false })).toBe(true);
  expect(await browserLocks.hold('a', run, { ifFree: true })).toBe(true);
  expect(run).toHaveBeenCalledTimes(2);
});

it('does not run what another browser tab does', async () => {
  stubLocks(async (_name, _options, run) => run(null));
  const run = vi.fn(async () => {});
  expect(await browserLocks.hold('a', run, { ifFree: true })).toBe(false);
  expect(run).not.toHaveBeenCalled();
});

it('runs once, and passes its error on', async () => {
  stubLocks(async (_name, _options, run) => run({}));
  const run = vi.fn(async () => {
    throw new Error('of the run');
  });
  await expect(browserLocks.hold('a', run, { ifFree: false })).rejects.toThrow('of the run');
  expect(run).toHaveBeenCalledOnce();
});
