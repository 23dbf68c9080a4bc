import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { GET } from '@/app/api/metrics/route';
import { ChatError } from '@/lib/chat/chat-error';
import { parseSend } from '@/lib/server/http/request-schemas';
import { handle } from '@/lib/server/http/respond';
import { observeStore } from '@/lib/server/store/observe-store';
import { STEADY_MS, StorePulse } from '@/lib/server/store-pulse';
import { openTestServices } from '@/lib/server/testing/open-test-services';
import { provideServices } from '@/lib/server/testing/provide-services';
import { beginTurn } from '@/lib/server/turns/begin-turn';
import { LiveRuns } from '@/lib/server/turns/live-runs';
import { settleIfDead } from '@/lib/server/turns/settle';
import { metrics, metricsText } from './metrics';

const TOKEN = 'admin-token-of-the-test';
const ask = (authorization?: string) =>
  GET(new Request('http://localhost/api/metrics', { headers: authorization ? { authorization } : {} }));

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('confab.metrics'));
});

describe('GET /api/metrics', () => {
  it('does not exist without an admin token', async () => {
    provideServices(await openTestServices({}));
    expect((await ask(`Bearer ${TOKEN}`)).status).toBe(404);
  });

  it.each([
    undefined,
    'Bearer',
    'Bearer wrong',
    `Basic ${TOKEN}`,
    TOKEN,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN} x`,
  ])('is refused with the authorization %j', async (authorization) => {
    provideServices(await openTestServices({ ADMIN_TOKEN: TOKEN }));
    const response = await ask(authorization);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('confab_');
  });

  it('is text for Prometheus that no cache may keep', async () => {
    provideServices(await openTestServices({ ADMIN_TOKEN: TOKEN }));
    const response = await ask(`Bearer ${TOKEN}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    for (const line of lines)
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/);
  });
});

it('the Grafana dashboard asks only for metrics that exist', () => {
  const dashboard = readFileSync(new URL('../../../docs/grafana-dashboard.json', import.meta.url), 'utf8');
  const names = [...new Set(dashboard.match(/\b(confab|process)_[a-z_]+/g))];
  expect(names.length).toBeGreaterThan(9);
  const text = metricsText();
  const families = names.map((name) => name.replace(/_bucket$/, ''));
  expect(families.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([]);
});

describe('what the metrics count', () => {
  it('a turn: its status, times, tokens and the calls of the store, and nothing that a guest wrote', async () => {
    const services = await openTestServices({});
    const store = observeStore(services.store, new StorePulse());
    const send = { sessionId: 'session-1', assistantId: 'teacher', turnId: 'turn-1', content: 'PLUGH' };
    const { run } = await beginTurn({ ...services, store }, 'owner-1', parseSend(send), 'en');
    await run?.ended;
    const text = metricsText();
    expect(text).toContain('confab_turns_total{status="done",model="demo:demo"} 1\n');
    expect(text).toContain('confab_turn_first_token_seconds_count{model="demo:demo"} 1\n');
    expect(text).toMatch(/confab_tokens_total\{direction="output",model="demo:demo"\} [1-9]/);
    expect(text).toContain('confab_store_call_seconds_count{call="begin"} 1\n');
    for (const secret of ['session-1', 'turn-1', 'owner-1', 'PLUGH']) expect(text).not.toContain(secret);
  });

  it('a turn whose producer died, once, in the process that settles it', async () => {
    const services = await openTestServices({});
    vi.spyOn(services.pulse, 'steadyMs').mockReturnValue(STEADY_MS);
    const send = { sessionId: 's', assistantId: 'teacher', turnId: 'dead', content: 'Hello' };
    const { run, ref } = await beginTurn(services, 'owner-1', parseSend(send), 'en');
    const stored = await services.store.turn({ ...ref, now: Date.now() });
    if (!stored?.lease) throw new Error('the turn is not live');
    const others = { ...services, runs: new LiveRuns() };
    const { turn } = await settleIfDead(others, ref, stored, stored.lease.endsAt + 1);
    expect(turn.status).toBe('interrupted');
    const counted = () => metricsText().match(/^confab_turns_total\{.*$/gm);
    expect(counted()).toEqual(['confab_turns_total{status="interrupted",model="demo:demo"} 1']);
    // Its producer was alive after all.
    await run?.ended;
    expect(counted()).toEqual(['confab_turns_total{status="interrupted",model="demo:demo"} 1']);
  });

  it('the failures of the store, by their reason', async () => {
    const { store } = await openTestServices({});
    const failing = Object.assign(Object.create(store), {
      check: () => Promise.reject(new ChatError('store_unavailable', { reason: 'slow' })),
    });
    await expect(observeStore(failing, new StorePulse()).check()).rejects.toThrow();
    expect(metricsText()).toContain('confab_store_errors_total{call="check",reason="slow"} 1\n');
    expect(metricsText()).toContain('confab_store_call_seconds_count{call="check"} 1\n');
  });

  it('a request that a limit refused', async () => {
    provideServices(await openTestServices({}));
    const refused = await handle(new Request('http://localhost/'), {}, async () => {
      throw new ChatError('rate_limited');
    });
    expect(refused.status).toBe(429);
    expect(metricsText()).toContain('confab_limits_hit_total{limit="rate_limited"} 1\n');
  });

  it('the number of live replies at this moment', () => {
    metrics().live.replies = () => 3;
    expect(metricsText()).toContain('confab_live_replies 3\n');
  });
});
