import { describe, expect, test } from 'vitest';
import { Secrets } from './secrets';

describe('the search of the logs', () => {
  const secrets = new Secrets();
  const key = secrets.add('an API key', 'sk-0123456789+/abc');
  const text = secrets.add('a message text', 'say "hello" to the owner');

  test.each([
    ['as it is', `{"path":"/","key":"${key}"}`],
    ['in an address', `GET /?key=${encodeURIComponent(key)}`],
    ['in base64', `authorization: Basic ${Buffer.from(key).toString('base64')}`],
    ['in JSON', JSON.stringify({ content: text })],
  ])('finds a secret %s', (_, line) => {
    expect(secrets.in(`first line\n${line}\nlast line`)).toHaveLength(1);
  });

  test('names the kind of secret and the line', () => {
    expect(secrets.in(`started\nkey ${key} used`)).toEqual([{ kind: 'an API key', line: `key ${key} used` }]);
  });

  test('finds nothing in a log without secrets, and takes no short word for one', () => {
    secrets.add('a code', 'started');
    expect(secrets.in('{"event":"started"}')).toEqual([]);
  });
});
