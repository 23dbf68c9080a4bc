import { describe, expect, it } from 'vitest';
import { withBasePath, withoutBasePath } from './site-path';

describe('a path under a base path', () => {
  it.each([
    ['/', '/chat', '/chat'],
    ['/?q=1', '/chat', '/chat/?q=1'],
    ['/access', '/chat', '/chat/access'],
    ['/api/health', '/a/b', '/a/b/api/health'],
    ['/', '', '/'],
    ['/access', '', '/access'],
  ])('%s under "%s" is %s', (path, basePath, whole) => {
    expect(withBasePath(path, basePath)).toBe(whole);
  });

  it.each([
    ['/chat', '/chat', '/'],
    ['/chat/', '/chat', '/'],
    ['/chat/access', '/chat', '/access'],
    ['/chatter', '/chat', '/chatter'],
    ['/access', '/chat', '/access'],
    ['/', '', '/'],
    ['/access', '', '/access'],
  ])('%s without "%s" is %s', (path, basePath, short) => {
    expect(withoutBasePath(path, basePath)).toBe(short);
  });
});
