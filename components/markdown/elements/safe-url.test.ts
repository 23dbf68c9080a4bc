import { describe, expect, it } from 'vitest';
import { remoteImage, safeUrl } from './safe-url';

describe('safeUrl', () => {
  it.each([
    ['https://example.org/a?b=1#c', 'https://example.org/a?b=1#c'],
    ['http://example.org', 'http://example.org/'],
    ['HTTPS://EXAMPLE.ORG/', 'https://example.org/'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
    ['#user-content-fn-1', '#user-content-fn-1'],
    ['javascript:alert(1)', null],
    [' javascript:alert(1)', null],
    ['java\nscript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    ['data:text/html,<script>alert(1)</script>', null],
    ['vbscript:x', null],
    ['blob:https://example.org/1', null],
    ['file:///etc/passwd', null],
    ['//example.org/a', null],
    ['/relative', null],
    ['relative', null],
    ['', null],
    [undefined, null],
  ])('%j becomes %j', (href, expected) => {
    expect(safeUrl(href)).toBe(expected);
  });
});

describe('remoteImage', () => {
  it.each([
    ['https://img.example.org:8080/a.png', 'img.example.org:8080'],
    ['http://example.org/a.png', 'example.org'],
    ['data:image/svg+xml,<svg/>', undefined],
    ['javascript:alert(1)', undefined],
    ['/api/images/1', undefined],
    [undefined, undefined],
  ])('%j is on the host %j', (src, host) => {
    expect(remoteImage(src)?.host).toBe(host);
  });
});
