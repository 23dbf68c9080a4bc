import { afterEach, expect, it, vi } from 'vitest';
import { keepsCookies } from './keeps-cookies';

afterEach(() => vi.unstubAllGlobals());

/** A cookie jar that knows names, values and `max-age=0`. */
function stubCookies(keeps: boolean): Map<string, string> {
  const jar = new Map([['theme', 'dark']]);
  vi.stubGlobal('document', {
    get cookie() {
      return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    },
    set cookie(text: string) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      if (text.includes('max-age=0')) jar.delete(name);
      else if (keeps) jar.set(name, value);
    },
  });
  return jar;
}

it.each([true, false])('is %s if the browser keeps a cookie or not, and leaves none', (keeps) => {
  const jar = stubCookies(keeps);
  expect(keepsCookies()).toBe(keeps);
  expect([...jar.keys()]).toEqual(['theme']);
});

it('is false where cookies cannot even be looked at', () => {
  vi.stubGlobal('document', {
    get cookie(): string {
      throw new DOMException('The document is sandboxed.', 'SecurityError');
    },
    set cookie(_text: string) {
      throw new DOMException('The document is sandboxed.', 'SecurityError');
    },
  });
  expect(keepsCookies()).toBe(false);
});
