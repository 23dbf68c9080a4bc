import { describe, expect, it } from 'vitest';
import { hostToShow } from './link-host';

const EVIL = 'https://evil.example/login';

describe('the host of a link', () => {
  it.each([
    ['paypal.com', EVIL],
    ['https://paypal.com', EVIL],
    ['HTTPS://PAYPAL.COM/signin?x=1', EVIL],
    ['www.paypal.com', EVIL],
    ['Log in at paypal.com now', EVIL],
    ['(paypal.com)', EVIL],
    ['“paypal.com”', EVIL],
    ['paypal.com:443', EVIL],
    ['https://user@paypal.com/', EVIL],
    ['paypal。com', EVIL],
    ['ｐａｙｐａｌ．ｃｏｍ', EVIL],
    ['pay\u200bpal.com', EVIL],
    ['pay\u00adpal.com', EVIL],
    ['\u202emoc.lapyap', EVIL],
    ['pаypal.com', EVIL],
    ['192.168.0.1', EVIL],
    ['evil.example.com', EVIL],
    ['paypal.com.evil.example', EVIL],
    ['evil.example and paypal.com', EVIL],
    ['evil.example,paypal.com', EVIL],
    ['请登录 支付宝.中国', EVIL],
    ['ftp://paypal.com/a.zip', EVIL],
    ['https:paypal.com', EVIL],
  ])('is shown where the text is %j and the target is elsewhere', (text, href) => {
    expect(hostToShow(text, href)).toBe('evil.example');
  });

  it.each([
    ['PayPal', 'https://paypal.com@evil.example/', 'evil.example'],
    ['PayPal', 'https://paypal.com:x@evil.example/', 'evil.example'],
    ['https://paypal.com@evil.example/', 'https://paypal.com@evil.example/', 'evil.example'],
    ['here', 'https://pаypal.com/', 'xn--pypal-4ve.com'],
    ['https://аpple.com', 'https://аpple.com/', 'xn--pple-43d.com'],
    ['apple.com', 'https://аррӏе.com/', 'xn--80ak6aa92e.com'],
    ['ɡoogle.com', 'https://ɡoogle.com/', 'xn--oogle-qmc.com'],
    ['here', 'https://example.xn--p1ai/', 'example.xn--p1ai'],
    ['example.org', 'https://1.2.3.4/', '1.2.3.4'],
    ['help@bank.example', 'mailto:thief@evil.example', 'thief@evil.example'],
    ['bank.example', 'mailto:thief@evil.example', 'thief@evil.example'],
  ])('of %j to %s is shown as %s', (text, href, shown) => {
    expect(hostToShow(text, href)).toBe(shown);
  });

  it.each([
    ['the documentation', 'https://example.org/a'],
    ['https://example.org/a', 'https://example.org/a'],
    ['example.org', 'https://example.org/a'],
    ['EXAMPLE.org', 'https://example.org/a'],
    ['www.example.org', 'https://example.org/a'],
    ['example.org', 'https://www.example.org/a'],
    ['example.org:8080', 'https://example.org:8080/'],
    ['https://example.org/a.', 'https://example.org/a'],
    ['1', 'https://example.org/a'],
    ['README.html', 'https://example.org/a'],
    ['node.js 24.1.0', 'https://example.org/a'],
    ['v1.2.3', 'https://example.org/a'],
    ['e.g. here', 'https://example.org/a'],
    ['a@example.org', 'mailto:a@example.org'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    ['write to us', 'mailto:a@example.org'],
    ['example.org', 'mailto:a@example.org'],
    ['192.168.0.1', 'http://192.168.0.1/'],
    ['', 'https://example.org/a'],
    ['https://foo.bar.`baz', 'https://foo.bar.`baz'],
    ['1,234.56 or 3.14', 'https://example.org/a'],
  ])('is not shown where the text %j is true of %s', (text, href) => {
    expect(hostToShow(text, href)).toBe(null);
  });

  it('is found in time in any text', () => {
    const began = performance.now();
    for (const text of ['a'.repeat(50_000), 'a.'.repeat(25_000), 'a@'.repeat(25_000), 'a:'.repeat(25_000)])
      hostToShow(text, 'https://example.org/a');
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
