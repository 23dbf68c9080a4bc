import { afterEach, describe, expect, it } from 'vitest';
import { addressOf, networkOf } from './client-address';

const FRONT_SERVER = Symbol.for('confab.front-server');
const request = (headers: Record<string, string>) => new Request('http://x.test/', { headers });

afterEach(() => {
  Reflect.deleteProperty(globalThis, FRONT_SERVER);
});

describe('the address of a client', () => {
  it('is the one from the front server, whatever the client writes', () => {
    Reflect.set(globalThis, FRONT_SERVER, true);
    const headers = { 'x-confab-address': '203.0.113.7', 'x-forwarded-for': '198.51.100.1' };
    expect(addressOf(request(headers), { trustProxy: 0 })).toBe('203.0.113.7');
  });

  it('is not what a client writes where there is no front server', () => {
    const headers = { 'x-confab-address': '1.2.3.4', 'x-forwarded-for': '6.6.6.6, 203.0.113.7' };
    expect(addressOf(request(headers), { trustProxy: 1 })).toBe('203.0.113.7');
  });

  it('is counted from the right, one step for each proxy of ours', () => {
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7, 10.0.0.1' };
    expect(addressOf(request(headers), { trustProxy: 2 })).toBe('203.0.113.7');
    expect(addressOf(request(headers), { trustProxy: 1 })).toBe('10.0.0.1');
  });

  it.each([{}, { 'x-forwarded-for': '' }, { 'x-forwarded-for': 'evil' }, { 'x-forwarded-for': '1.2.3.4.5' }])(
    'is unknown in %j',
    (headers) => {
      expect(addressOf(request(headers as Record<string, string>), { trustProxy: 1 })).toBe('unknown');
    },
  );

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1::/64'],
    ['2001:0DB8:0000:0001::5', '2001:db8:0:1::/64'],
    ['[2001:db8:0:1::5]:443', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
