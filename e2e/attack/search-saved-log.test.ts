import { expect, it } from 'vitest';
import { notFound, searchLog } from './search-saved-log';
import { Secrets } from './secrets';

it('finds a planted line of each form', () => {
  expect(notFound()).toEqual([]);
});

it('finds a secret that is known, and names its line', () => {
  const secrets = new Secrets();
  secrets.add('ADMIN_TOKEN', 'no-form-of-its-own');
  expect(searchLog('one\n{"level":"info","a":"no-form-of-its-own"}', secrets)).toMatchObject([
    { kind: 'ADMIN_TOKEN', number: 2 },
  ]);
});

it.each([
  '{"level":"error","at":"2026-11-25T21:00:00.000Z","requestId":"98ec6d8c-f942-4d51-b3d3-b99f066db3db","event":"request_failed","path":"/api/chat/sessions/Yx0b1_2c3d4e","code":"internal"}',
  '{"level":"warn","reason":"Bearer [redacted] confab_guest_01234567=[redacted] redis://[redacted]@host"}',
  'ok 12 keeps the id 0191e0a0-0000-7000-8000-000000000000 of a session',
])('finds nothing in %s', (line) => {
  expect(searchLog(line)).toEqual([]);
});
