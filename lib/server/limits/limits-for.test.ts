import { describe, expect, it } from 'vitest';
import { readSettings } from '@/lib/server/env';
import { limitsFor } from './limits-for';

const settings = (variables: Record<string, string>) => readSettings(variables).limits;
const limits = (variables: Record<string, string>, address: string | null) =>
  limitsFor(settings(variables), { address, isStoreFull: false });
const PUBLIC = { HOST: '0.0.0.0' };
const LOOPBACK = { HOST: '127.0.0.1' };

describe('the limits of a server', () => {
  it.each([
    ['no host', {}],
    ['every interface', PUBLIC],
    ['an address of the network', { HOST: '192.168.1.5' }],
    ['a name that only looks like loopback', { HOST: '127.0.0.1.example' }],
    ['loopback behind a proxy of ours', { ...LOOPBACK, TRUST_PROXY: '1' }],
    ['loopback with names for others', { ...LOOPBACK, ALLOWED_HOSTS: 'chat.example.org' }],
  ])('are those of a public site with %s', (_, variables) => {
    expect(settings(variables)).toEqual({
      turnsPerMinute: 20,
      concurrentReplies: 4,
      dailyTokens: null,
      dailyCost: null,
      imagesPerHour: 60,
      guestStorageBytes: 200 * 1024 ** 2,
      turnsPerMinutePerAddress: 60,
      guestsPerHour: 30,
      serverDailyTokens: null,
      serverDailyCost: null,
      storageBytes: null,
      maxOutputTokens: null,
    });
  });

  it.each(['127.0.0.1', '127.0.0.53', 'localhost', '::1', '[::1]'])(
    'do not exist on loopback (%s), whose only user also pays',
    (HOST) => {
      expect(new Set(Object.values(settings({ HOST })))).toEqual(new Set([null]));
      expect(limits({ HOST }, '127.0.0.1')).toBeUndefined();
    },
  );

  it('are those that are set, and 0 removes one', () => {
    expect(settings({ ...LOOPBACK, TURNS_PER_MINUTE: '5', STORAGE_MB: '0.5' })).toMatchObject({
      turnsPerMinute: 5,
      storageBytes: 512 * 1024,
      guestsPerHour: null,
    });
    expect(settings({ ...PUBLIC, TURNS_PER_MINUTE: '0', DAILY_COST: '1.5' })).toMatchObject({
      turnsPerMinute: null,
      dailyCost: 1.5,
      guestsPerHour: 30,
    });
  });

  it.each(['-1', 'many', '1.5', 'Infinity', '1e99'])('cannot be %s turns a minute', (TURNS_PER_MINUTE) => {
    expect(() => readSettings({ TURNS_PER_MINUTE })).toThrow('TURNS_PER_MINUTE');
  });

  it('apply only to the guest if the address is unknown', () => {
    expect(limits(PUBLIC, null)).toEqual({
      guest: expect.objectContaining({ turns: { count: 20, periodMs: 60_000 }, replies: 4 }),
    });
  });

  it('leave a guest no room in a full store, even without any other limit', () => {
    expect(limitsFor(settings(LOOPBACK), { address: null, isStoreFull: true })).toEqual({
      guest: expect.objectContaining({ storageBytes: 0 }),
    });
  });

  it('contain only a hash of the address', () => {
    const { address } = limits(PUBLIC, '203.0.113.7') ?? {};
    expect(address).toMatchObject({
      turns: { count: 60, periodMs: 60_000 },
      newGuests: { count: 30, periodMs: 3_600_000 },
    });
    expect(address?.id).toMatch(/^[\w-]{22}$/);
  });
});
