import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RedisServer } from '@/e2e/support/servers/redis';
import { readSettings } from '@/lib/server/env';
import { isSignedIn } from '@/lib/server/guests/check-device';
import { readHealth } from '@/lib/server/health/health-answers';
import { SessionClient } from '@/lib/server/store/contract/session-client';
import { openStore } from '@/lib/server/store/open-store';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { AuthSecret } from './auth-secret';
import { type Guest, isGuestCookie } from './guest-cookie';
import { currentGuest, identify } from './identify';

const KEY = 'confab:secret:auth';
/** How long a process waits for the others to write a lost secret back. */
const WAIT_MS = 20_000;

let redis: RedisServer;
let admin: Redis;
let closing: (() => Promise<void>)[];
/** What every process takes for the time. */
let now: number;

beforeEach(async () => {
  redis = await RedisServer.start();
  admin = new Redis(redis.url);
  // Redis is restarted, and stopped before this is.
  admin.on('error', () => undefined);
  now = Date.now();
  closing = [() => redis.close(), async () => admin.disconnect()];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  vi.restoreAllMocks();
});

/** A server process on this Redis. A test calls `secret.sync()` where the timer of a real process would. */
async function aProcess({ url = redis.url, authSecret = null as string | null } = {}) {
  const store = await openStore({ driver: 'redis', urls: [url] });
  closing.push(() => store.close());
  const secret = new AuthSecret(store, authSecret, () => now);
  return openTestServices({}, { store, secret, settings: readSettings({}) });
}
type Process = Awaited<ReturnType<typeof aProcess>>;

/** A browser that keeps its cookies. */
class Browser {
  readonly jar = new Map<string, string>();

  request(): Request {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Request('http://x.test/', cookie ? { headers: { cookie } } : undefined);
  }

  /** Loads the page. */
  async visit(process: Process): Promise<Guest> {
    const { guest, setCookie, isNew } = await identify(this.request(), process, now);
    const [pair = ''] = setCookie?.split(';') ?? [];
    if (pair) this.jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    if (!isNew) await isSignedIn(process, guest, this.request());
    return guest;
  }

  /** Opens the page and has a conversation. */
  async talk(process: Process): Promise<{ browser: Browser; owner: string }> {
    const { owner } = await this.visit(process);
    await new SessionClient(process.store, { owner }).addTurn('words');
    await this.visit(process);
    return { browser: this, owner };
  }

  async conversations(process: Process): Promise<number> {
    const guest = await currentGuest(this.request(), process, now);
    if (!guest) return 0;
    return (await process.store.sessions({ owner: guest.owner, limit: 9, now })).total;
  }
}

const MISSING = { code: 'store_unavailable', reason: 'secret_missing' };

describe('when the secret leaves Redis', () => {
  it('the process that holds it puts it back, so that the next one reads it', async () => {
    const first = await aProcess();
    const { browser } = await new Browser().talk(first);
    const kept = await admin.get(KEY);
    await admin.del(KEY);
    await first.secret.sync();
    expect(await admin.get(KEY)).toBe(kept);
    const second = await aProcess();
    expect(await browser.conversations(second)).toBe(1);
  });

  it('after a restart, a guest is recognised by the copy with its devices, and so is everybody else from then on', async () => {
    const first = await aProcess();
    const { browser, owner } = await new Browser().talk(first);
    const other = await new Browser().talk(first);
    await admin.del(KEY);
    await admin.del(`confab:{${other.owner}}:devices`);
    const restarted = await aProcess();
    expect(restarted.secret.isMissing).toBe(true);
    expect((await browser.visit(restarted)).owner).toBe(owner);
    expect(restarted.secret.isMissing).toBe(false);
    expect(await other.browser.conversations(restarted)).toBe(1);
    expect(browser.jar.size).toBe(1);
    expect(await admin.exists(KEY)).toBe(1);
  });

  it('a process without it signs nobody new, until another process brings it back', async () => {
    const first = await aProcess();
    const { browser } = await new Browser().talk(first);
    await admin.del(KEY, ...(await admin.keys('*:devices')));
    const second = await aProcess();
    const stranger = new Browser();
    await expect(stranger.visit(second)).rejects.toMatchObject({ ...MISSING, retryAfterMs: WAIT_MS });
    await expect(browser.visit(second)).rejects.toMatchObject(MISSING);
    await expect(browser.conversations(second)).rejects.toMatchObject(MISSING);
    expect([stranger.jar.size, browser.jar.size]).toEqual([0, 1]);
    expect(await readHealth(second)).toMatchObject({
      status: 'degraded',
      store: { ok: false, reason: 'secret_missing' },
    });
    await first.secret.sync();
    await second.secret.sync();
    expect(await browser.conversations(second)).toBe(1);
    expect(await second.secret.secrets()).toEqual(await first.secret.secrets());
    expect(await readHealth(second)).toMatchObject({ status: 'ok', store: { ok: true } });
    expect((await stranger.visit(second)).owner).toHaveLength(22);
  });

  it('and nobody brings it back, a new one is made after a while, and the old cookies stay', async () => {
    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const first = await aProcess();
    const { browser } = await new Browser().talk(first);
    const [old = ''] = await first.secret.secrets();
    await admin.del(KEY, ...(await admin.keys('*:devices')));
    const second = await aProcess();
    now += WAIT_MS - 1;
    await expect(new Browser().visit(second)).rejects.toMatchObject({ ...MISSING, retryAfterMs: 1_000 });
    now += 1;
    await new Browser().visit(second);
    const { status, warnings } = await readHealth(second);
    expect({ status, warnings }).toEqual({
      status: 'ok',
      warnings: expect.arrayContaining(['secret_replaced']),
    });
    const before = new Map(browser.jar);
    await browser.visit(second);
    expect(browser.jar.size).toBe(2);
    for (const [name, value] of before) expect(browser.jar.get(name)).toBe(value);
    // The process with the old secret was unreachable. Once it is back, the guest sees the conversation
    // again.
    expect((await first.secret.secrets())[0]).toBe(old);
    for (const name of [...browser.jar.keys()]) if (!before.has(name)) browser.jar.delete(name);
    await first.secret.sync();
    expect(await browser.conversations(first)).toBe(1);
    const lines = errors.mock.calls.map(([line]) => String(line)).join('');
    expect(lines).toContain('"event":"secret_missing"');
    expect(lines).toContain('"event":"secret_replaced"');
    expect(lines).toContain('AUTH_SECRET');
    expect(lines).not.toContain(old);
  });

  it('the wait goes on where a process that ended had begun it', async () => {
    await new Browser().talk(await aProcess());
    await admin.del(KEY, ...(await admin.keys('*:devices')));
    await aProcess();
    now += WAIT_MS / 2;
    const next = await aProcess();
    await expect(next.secret.secrets()).rejects.toMatchObject({ retryAfterMs: WAIT_MS / 2 });
    now += WAIT_MS / 2;
    expect(await next.secret.secrets()).toHaveLength(1);
  });

  it('FLUSHDB by another app: two processes go on with their secret, and so does a third', async () => {
    const [first, second] = [await aProcess(), await aProcess()];
    const browser = new Browser();
    const { owner } = await browser.visit(first);
    await admin.flushdb();
    await Promise.all([first.secret.sync(), second.secret.sync()]);
    const third = await aProcess();
    for (const process of [first, second, third]) {
      expect((await browser.visit(process)).owner).toBe(owner);
      expect(await process.secret.secrets()).toEqual(await first.secret.secrets());
    }
  });

  it('a restart of a Redis that keeps nothing: the guest who goes on has the same owner on every server', async () => {
    const first = await aProcess();
    const browser = new Browser();
    const { owner } = await browser.visit(first);
    await redis.stop('SIGKILL');
    await redis.start();
    // Another server is faster than the check of the first, and finds an empty Redis.
    const second = await aProcess();
    await vi.waitFor(() => first.store.check(), { timeout: 10_000 });
    await new SessionClient(first.store, { owner }).addTurn('words');
    await browser.visit(first);
    await first.secret.sync();
    expect(await first.secret.secrets()).toHaveLength(2);
    expect(await browser.conversations(first)).toBe(1);
    expect(await browser.conversations(second)).toBe(1);
  });

  it('two servers that start at once on a new Redis agree', async () => {
    const processes = await Promise.all(Array.from({ length: 8 }, () => aProcess()));
    const secrets = await Promise.all(processes.map(({ secret }) => secret.secrets()));
    expect(new Set(secrets.flat()).size).toBe(1);
    expect(processes.some(({ secret }) => secret.isMissing)).toBe(false);
  });

  it('two servers that start at once after the loss agree', async () => {
    const { browser } = await new Browser().talk(await aProcess());
    await admin.del(KEY);
    const two = await Promise.all([aProcess(), aProcess()]);
    const counts = await Promise.all(two.map((process) => browser.conversations(process)));
    expect(counts).toEqual([1, 1]);
    expect(await two[0]?.secret.secrets()).toEqual(await two[1]?.secret.secrets());
  });

  it('a server that was cut off from Redis meanwhile loses nobody', async () => {
    const away = await aProcess();
    const early = await new Browser().talk(away);
    await admin.del(KEY, ...(await admin.keys('*:devices')));
    const next = await aProcess();
    now += WAIT_MS;
    await next.secret.sync();
    const late = await new Browser().talk(next);
    await away.secret.sync();
    expect(await late.browser.conversations(away)).toBe(1);
    expect(await early.browser.conversations(away)).toBe(1);
    await early.browser.visit(away);
    expect(await early.browser.conversations(next)).toBe(1);
  });
});

describe('what is kept', () => {
  it('survives a Redis that evicts, full of the keys of another app', async () => {
    const { browser, owner } = await new Browser().talk(await aProcess());
    const first = await aProcess();
    await admin.set('control', 'x'.repeat(50));
    await admin.config('SET', 'maxmemory', '4mb');
    await admin.config('SET', 'maxmemory-policy', 'allkeys-random');
    let losses = 0;
    // Until keys as large as the secret, and the secret itself, have been evicted.
    for (let n = 0; losses === 0 || (await admin.exists('control')) > 0; n += 200) {
      const pipeline = admin.pipeline();
      for (let key = n; key < n + 200; key += 1) pipeline.set(`other:${key}`, 'x'.repeat(1_000));
      await pipeline.exec();
      if (!(await admin.exists(KEY))) losses += 1;
      await first.secret.sync();
    }
    await admin.config('SET', 'maxmemory', '0');
    await first.secret.sync();
    const second = await aProcess();
    expect((await browser.visit(second)).owner).toBe(owner);
    expect(await second.secret.secrets()).toEqual(await first.secret.secrets());
  });

  it('can be read by a process that starts while Redis is full', async () => {
    const { browser } = await new Browser().talk(await aProcess());
    await admin.config('SET', 'maxmemory', '1');
    expect(await browser.conversations(await aProcess())).toBe(1);
  });

  it('can be read by a process that starts while Redis is read-only', async () => {
    const { browser } = await new Browser().talk(await aProcess());
    const primary = await RedisServer.start();
    closing.push(() => primary.close());
    const info = async () => admin.info('replication');
    // A replica whose primary is down keeps its data and refuses writes.
    await primary.stop('SIGKILL');
    await admin.replicaof('127.0.0.1', primary.port);
    expect(await info()).toContain('role:slave');
    expect(await browser.conversations(await aProcess())).toBe(1);
    expect((await new Browser().visit(await aProcess())).owner).toHaveLength(22);
  });

  it('the copy is of use only to the cookies that the secret signed', async () => {
    const first = await aProcess();
    const { browser, owner } = await new Browser().talk(first);
    await admin.del(KEY);
    const restarted = await aProcess();
    const forged = new Browser();
    for (const [name, value] of browser.jar) {
      const [, device, issuedAt] = value.split('.');
      forged.jar.set(name, [owner, device, issuedAt, 'A'.repeat(43)].join('.'));
    }
    await expect(forged.visit(restarted)).rejects.toMatchObject(MISSING);
    // The copy of one owner, asked for by the cookie of an instance with another secret.
    const stranger = new Browser();
    stranger.jar.set('confab_guest_00000000', [...browser.jar.values()][0] ?? '');
    await expect(stranger.visit(restarted)).rejects.toMatchObject(MISSING);
    expect(await browser.conversations(restarted)).toBe(1);
  });

  it('goes with everything else of an owner who deletes everything', async () => {
    const first = await aProcess();
    const { owner } = await new Browser().talk(first);
    expect(await first.store.ownerSecrets(owner)).toHaveLength(1);
    await first.store.deleteOwner({ owner, now });
    expect(await first.store.ownerSecrets(owner)).toEqual([]);
  });

  it('of AUTH_SECRET nothing is ever in the store', async () => {
    const given = 'a-secret-that-was-given';
    const first = await aProcess({ authSecret: given });
    await new Browser().talk(first);
    for (const key of await admin.keys('*')) {
      const type = await admin.type(key);
      const value =
        type === 'hash' ? await admin.hgetall(key) : type === 'string' ? await admin.get(key) : '';
      expect(JSON.stringify(value)).not.toContain(given);
    }
    expect(await admin.exists(KEY)).toBe(0);
  });
});

describe('AUTH_SECRET that is set later', () => {
  const given = 'a-secret-that-was-given';

  it('loses no guest: the secret that the server had made is still believed, and cookies are renewed', async () => {
    const { browser, owner } = await new Browser().talk(await aProcess());
    const later = await aProcess({ authSecret: given });
    expect((await browser.visit(later)).owner).toBe(owner);
    expect(await browser.conversations(later)).toBe(1);
    const [newest] = [...browser.jar].at(-1) ?? [];
    expect(browser.jar.size).toBe(2);
    // The new cookie needs no store.
    const alone = new Browser();
    alone.jar.set(newest ?? '', browser.jar.get(newest ?? '') ?? '');
    expect((await currentGuest(alone.request(), await aProcess({ authSecret: given }), now))?.owner).toBe(
      owner,
    );
  });

  it('loses no guest even if Redis has lost that secret', async () => {
    const { browser, owner } = await new Browser().talk(await aProcess());
    await admin.del(KEY);
    const later = await aProcess({ authSecret: given });
    expect((await browser.visit(later)).owner).toBe(owner);
  });

  it('makes nobody new of a cookie from before, while Redis cannot be asked', async () => {
    const { browser } = await new Browser().talk(await aProcess());
    const later = await aProcess({ authSecret: given, url: 'redis://127.0.0.1:1' });
    await expect(browser.visit(later)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(browser.jar.size).toBe(1);
    expect((await new Browser().visit(later)).owner).toHaveLength(22);
  });

  it('and taken out again: the cookies stay, and with it the conversations come back', async () => {
    const signed = await aProcess({ authSecret: given });
    const { browser } = await new Browser().talk(signed);
    const without = await aProcess();
    await expect(browser.visit(without)).rejects.toMatchObject(MISSING);
    now += WAIT_MS;
    await browser.visit(without);
    expect(await browser.conversations(await aProcess({ authSecret: given }))).toBe(1);
    expect([...browser.jar.keys()].filter(isGuestCookie)).toHaveLength(2);
  });
});
