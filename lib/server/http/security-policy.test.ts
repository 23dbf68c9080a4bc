import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './security-policy';

const directives = (development: boolean) =>
  new Map(
    contentSecurityPolicy('n0nce', development)
      .split('; ')
      .map((rule): [string, string[]] => {
        const [name = '', ...values] = rule.split(' ');
        return [name, values];
      }),
  );

describe('the content security policy of the page', () => {
  const policy = directives(false);

  it('allows inline code in style attributes only', () => {
    const open = [...policy].filter(([, values]) => values.some((value) => value.startsWith("'unsafe-")));
    expect(open).toEqual([['style-src-attr', ["'unsafe-inline'"]]]);
  });

  it.each(['script-src', 'style-src'])('%s allows inline elements by nonce only', (name) => {
    expect(policy.get(name)).toContain("'nonce-n0nce'");
  });

  it('allows no other host, and data: and blob: only for images', () => {
    const sources = [...policy].flatMap(([name, values]) =>
      values.filter((value) => !value.startsWith("'")).map((value) => `${name} ${value}`),
    );
    expect(sources).toEqual(['img-src data:', 'img-src blob:']);
  });

  it.each(['object-src', 'base-uri', 'frame-src', 'frame-ancestors', 'script-src-attr'])(
    '%s allows nothing',
    (name) => {
      expect(policy.get(name)).toEqual(["'none'"]);
    },
  );

  it('allows more in development, where Next’s tools need it', () => {
    expect(directives(true).get('script-src')).toContain("'unsafe-eval'");
    expect(directives(true).get('style-src')).toEqual(["'self'", "'unsafe-inline'"]);
  });
});
