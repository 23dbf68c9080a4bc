import { expect, it } from 'vitest';
import type { LimitVariables } from '@/lib/server/limits/limit-settings';
import { ATTACKS } from './all';

/** The compiler asks for every limit that there is. */
const LIMITS: Record<keyof LimitVariables | 'CONNECTIONS_PER_ADDRESS', true> = {
  TURNS_PER_MINUTE: true,
  CONCURRENT_REPLIES: true,
  DAILY_TOKENS: true,
  DAILY_COST: true,
  IMAGES_PER_HOUR: true,
  GUEST_STORAGE_MB: true,
  TURNS_PER_MINUTE_PER_ADDRESS: true,
  GUESTS_PER_HOUR: true,
  SERVER_DAILY_TOKENS: true,
  SERVER_DAILY_COST: true,
  STORAGE_MB: true,
  MAX_OUTPUT_TOKENS: true,
  CONNECTIONS_PER_ADDRESS: true,
};
const REVIEWED = Array.from({ length: 16 }, (_, n) => String(n + 1));
const WAYS_IN = ['ACCESS_CODE', 'ADMIN_TOKEN', 'PROXY_USER', 'OIDC', 'REMOTE_IMAGES', 'delete all'];

it.each([...REVIEWED, ...WAYS_IN, ...Object.keys(LIMITS)])('%s is attacked', (row) => {
  expect(ATTACKS.map((attack) => attack.row)).toContain(row);
});

it('every attack names what it wants and how it would be seen', () => {
  for (const { attempt, expected, control } of ATTACKS)
    for (const text of [attempt, expected, control]) expect(text.length).toBeGreaterThan(2);
});
