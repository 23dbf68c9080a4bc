import { describe, expect, it } from 'vitest';
import { databaseOf, redisUrlProblem, splitUrls } from './redis-url';

describe('the value of REDIS_URL', () => {
  it.each([
    'redis://localhost',
    'redis://localhost:6379',
    'redis://localhost:6379/',
    'redis://localhost:6379/3',
    'redis://localhost?db=3',
    'rediss://default:secret@host.example:6379',
    'REDISS://host',
    'redis://:only%20a%20password@host',
    'redis://user:p%40ss%2Fw%23rd%3F%25%2C@host/0',
    // Unambiguous: the last one ends the password.
    'redis://user:p@ss@host',
    'redis://user:p:ss@host',
    'redis://[::1]:6379',
    'redis://host?family=0',
    'redis://host:6379\n',
    'redis://ho\nst:6379',
    'redis://a:1,redis://b:2 , redis://c:3/0',
  ])('can be %j', (value) => {
    expect(redisUrlProblem(value)).toBeNull();
  });

  it.each([
    ['redis://h/abc', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h/1/2', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h/0/', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h/-1', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h/1e3', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h/%31', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h/9999999', 'what follows the host must be the number of a database, such as /0'],
    ['redis://h?db=abc', 'what follows the host must be the number of a database, such as /0'],
    ['redis://a/1,redis://b/1', 'the nodes of a Cluster have no database but 0'],
    ['redis://:hunter2%@h', 'the user name or password has a raw %: write %25'],
    ['redis://hunter2%zz:x@h', 'the user name or password has a raw %: write %25'],
    ['redis://:hunter2%2@h', 'the user name or password has a raw %: write %25'],
    ['redis://:hunter2%FF@h', 'the user name or password has a raw %: write %25'],
    ['redis://:hunter2/x@h', 'the user name or password has a raw /: write %2F'],
    ['redis://:hunter2#x@h:1', 'the user name or password has a raw #: write %23'],
    ['redis://:hunter2?x@h', 'the user name or password has a raw ?: write %3F'],
    ['redis://:1234/5@h', 'the user name or password has a raw /: write %2F'],
    ['redis://u:hunter2#/@h', 'the user name or password has a raw # and /: write %23 and %2F'],
    ['redis://u:hunter2@/@h', 'the user name or password has a raw /: write %2F'],
    ['redis://u:hunter2,x@h', 'the user name or password has a raw ,: write %2C'],
    ['redis://a,redis://u:hunter2,x@h', 'the user name or password has a raw ,: write %2C'],
    [
      'redis://h:port',
      'must be redis:// or rediss://, several by commas, each as redis://user:password@host:port',
    ],
    ['hunter2', 'must be redis:// or rediss://, several by commas'],
    ['localhost:6379', 'must be redis:// or rediss://, several by commas'],
    ['redis:localhost', 'must be redis:// or rediss://, several by commas'],
    [' , ', 'must be redis:// or rediss://, several by commas'],
    [
      'https://hunter2.upstash.io',
      'must be redis:// or rediss://, several by commas (an http(s) address goes into UPSTASH_REDIS_REST_URL)',
    ],
  ])('cannot be %j', (value, problem) => {
    expect(redisUrlProblem(value)).toBe(problem);
    expect(problem).not.toContain('hunter2');
  });

  it('may name a database', () => {
    expect(
      ['redis://h', 'redis://h/', 'redis://h/7', 'redis://h?db=7', 'redis://h/7?db=8'].map(databaseOf),
    ).toEqual([0, 0, 7, 7, 7]);
  });

  it('is split at its commas', () => {
    expect(splitUrls(' redis://a:1 , redis://b:2 ,')).toEqual(['redis://a:1', 'redis://b:2']);
  });
});
