import { afterEach, describe, expect, it, vi } from 'vitest';
import { exposureWarnings } from './exposure';
import { sayWarnings } from './start-server';

const ALL = ['no_access_code', 'no_daily_bound', 'any_host_name'];
const namesFor = (variables: Record<string, string>) =>
  exposureWarnings(variables).map(({ warning }) => warning);

describe('the warnings at start', () => {
  it.each<[Record<string, string>, string[]]>([
    // On every interface, and on one that others reach.
    [{}, ALL],
    [{ HOST: '0.0.0.0' }, ALL],
    [{ HOST: '::' }, ALL],
    [{ HOST: '192.168.1.5' }, ALL],
    [{ HOST: 'localhost.example.org' }, ALL],
    // Each has its own remedy.
    [{ ACCESS_CODE: 'open sesame' }, ['no_daily_bound', 'any_host_name']],
    [{ OIDC_ISSUER: 'https://id.example' }, ['no_daily_bound', 'any_host_name']],
    [{ PROXY_USER_HEADER: 'x-user' }, ['no_daily_bound', 'any_host_name']],
    [{ SERVER_DAILY_TOKENS: '1000000' }, ['no_access_code', 'any_host_name']],
    [{ SERVER_DAILY_COST: '2.5' }, ['no_access_code', 'any_host_name']],
    [{ SERVER_DAILY_TOKENS: '0' }, ALL],
    [{ ALLOWED_HOSTS: 'chat.example.org' }, ['no_access_code', 'no_daily_bound']],
    [{ VERCEL: '1' }, ['no_access_code', 'no_daily_bound']],
    [{ ACCESS_CODE: 'open sesame', SERVER_DAILY_COST: '1', ALLOWED_HOSTS: 'a.example' }, []],
    // A loopback address that a proxy makes public.
    [{ HOST: '127.0.0.1', TRUST_PROXY: '1' }, ALL],
    // This machine alone.
    [{ HOST: '127.0.0.1' }, []],
    [{ HOST: 'localhost' }, []],
    [{ HOST: '::1' }, []],
  ])('with %j are %j', (variables, warnings) => {
    expect(namesFor(variables)).toEqual(warnings);
  });

  afterEach(() => vi.restoreAllMocks());

  it('are one log line each, and text for a person', () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    sayWarnings(exposureWarnings({}));
    const lines = written.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text));
    expect(lines.map(({ level, event, warning }) => [level, event, warning])).toEqual(
      ALL.map((warning) => ['warn', 'exposed', warning]),
    );
    const text = written.filter((one) => !one.startsWith('{')).join('');
    expect(text).toMatch(/ACCESS_CODE[\s\S]*SERVER_DAILY_TOKENS[\s\S]*ALLOWED_HOSTS/);
  });
});
