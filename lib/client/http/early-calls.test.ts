import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { earlyCallsScript } from '../actions/early-calls-script';
import { createManualScheduler } from '../testing/manual-scheduler';
import { createApi } from './api';
import { takeEarlyAnswer } from './early-calls';

const HISTORY = '/api/chat/history?limit=50&sessionId=';
const LIST = '/api/chat/sessions?assistantId=assistant&limit=1';

const historyOf = (sessionId: string, title: string) => ({
  sessionId,
  assistantId: 'assistant',
  title,
  total: 0,
  turns: [],
  versions: {},
  activeTurnId: null,
  nextBefore: null,
});

/** Runs the script as a browser would, with this storage and server. */
function runScript(stored: unknown, server: (path: string) => unknown) {
  const asked: string[] = [];
  runInNewContext(earlyCallsScript, {
    globalThis,
    URLSearchParams,
    localStorage: {
      getItem: () => {
        if (stored instanceof Error) throw stored;
        return typeof stored === 'string' ? stored : JSON.stringify(stored ?? null);
      },
    },
    fetch: async (path: string) => {
      asked.push(path);
      const answer = server(path);
      if (answer instanceof Error) throw answer;
      return answer instanceof Response ? answer : Response.json(answer);
    },
  });
  return asked;
}

const openOf = (assistantId: string, sessionId: string) => ({
  state: { activeAssistantId: assistantId, sessionIds: { [assistantId]: sessionId } },
});
const signal = () => new AbortController().signal;

/** The page's API, whose own calls answer with `later`. */
function anApi() {
  const calls = vi.fn(async (path: string) =>
    Response.json(historyOf(new URL(path, 'http://a').searchParams.get('sessionId') ?? '', 'later')),
  );
  vi.stubGlobal('fetch', calls);
  return { api: createApi({ scheduler: createManualScheduler(), baseUrl: '' }), calls };
}

afterEach(() => {
  globalThis.confabEarlyCalls = undefined;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the script at the start of the page', () => {
  it('asks for the history of the conversation that the browser has open', () => {
    expect(runScript(openOf('teacher', 's1'), () => ({}))).toEqual([`${HISTORY}s1`]);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['no conversation of this assistant', { state: { activeAssistantId: 'assistant', sessionIds: {} } }],
    ['something that is not JSON', '{'],
    ['a text', '"text"'],
  ])('asks for the newest conversation and its history if the browser has stored %s', async (_, stored) => {
    const asked = runScript(stored, (path) => (path === LIST ? { sessions: [{ id: 'newest' }] } : {}));
    await takeEarlyAnswer(LIST, signal());
    expect(asked).toEqual([LIST, `${HISTORY}newest`]);
  });

  it('works where storage is blocked', () => {
    expect(runScript(new DOMException('blocked', 'SecurityError'), () => ({ sessions: [] }))).toEqual([LIST]);
  });

  it('asks for nothing more if there is no conversation, or the list is not one', async () => {
    for (const list of [{ sessions: [] }, { error: {} }, new Response('<html>'), new Error('offline')]) {
      const asked = runScript(null, () => list);
      await takeEarlyAnswer(LIST, signal());
      expect(asked).toEqual([LIST]);
    }
  });

  it('encodes an id from storage, which may have been written by anything', () => {
    expect(runScript(openOf('assistant', 'a&b=</script>'), () => ({}))).toEqual([
      `${HISTORY}a%26b%3D%3C%2Fscript%3E`,
    ]);
  });
});

describe('an answer to an early call', () => {
  it('is what the page gets for the same call', async () => {
    runScript(openOf('assistant', 's1'), () => historyOf('s1', 'early'));
    const { api, calls } = anApi();
    expect((await api.history({ sessionId: 's1' })).title).toBe('early');
    expect(calls).not.toHaveBeenCalled();
  });

  it('is that of the list, and of the history that followed from it', async () => {
    const list = { sessions: [], total: 0, nextBefore: null };
    const session = { id: 'newest' };
    runScript(null, (path) =>
      path === LIST ? { ...list, sessions: [session] } : historyOf('newest', 'early'),
    );
    const { api, calls } = anApi();
    await takeEarlyAnswer(LIST, signal());
    expect((await api.history({ sessionId: 'newest' })).title).toBe('early');
    expect(calls).not.toHaveBeenCalled();
  });

  it('is used once', async () => {
    runScript(openOf('assistant', 's1'), () => historyOf('s1', 'early'));
    const { api } = anApi();
    await api.history({ sessionId: 's1' });
    expect((await api.history({ sessionId: 's1' })).title).toBe('later');
  });

  it('is not used for another conversation, nor after another one was read', async () => {
    runScript(openOf('assistant', 's1'), () => historyOf('s1', 'early'));
    const { api } = anApi();
    expect(await api.history({ sessionId: 's2' })).toMatchObject({ sessionId: 's2', title: 'later' });
    expect((await api.history({ sessionId: 's1' })).title).toBe('later');
  });

  it('is not used for another page of the same conversation', async () => {
    runScript(openOf('assistant', 's1'), () => historyOf('s1', 'early'));
    const { api } = anApi();
    expect((await api.history({ sessionId: 's1', before: 't9' })).title).toBe('later');
  });

  it('is not used for a call that changes something', async () => {
    runScript(openOf('assistant', 's1'), () => historyOf('s1', 'early'));
    const { api, calls } = anApi();
    await api.clearSession('s1').catch(() => undefined);
    expect(calls).toHaveBeenCalledOnce();
  });

  it('is not used once the page is 20 seconds old', async () => {
    runScript(openOf('assistant', 's1'), () => historyOf('s1', 'early'));
    const { api } = anApi();
    vi.spyOn(performance, 'now').mockReturnValue(20_001);
    expect((await api.history({ sessionId: 's1' })).title).toBe('later');
    vi.restoreAllMocks();
  });

  it.each<[string, unknown]>([
    ['a refusal', Response.json({ error: { code: 'unauthorized' } }, { status: 401 })],
    ['no connection', new TypeError('failed to fetch')],
    ['a failing server', new Response('', { status: 503 })],
  ])('is not used if it is %s: the page asks again', async (_, answer) => {
    runScript(openOf('assistant', 's1'), () => answer);
    const { api } = anApi();
    expect((await api.history({ sessionId: 's1' })).title).toBe('later');
  });

  it('does not hold the page up for longer than a call may take', async () => {
    globalThis.confabEarlyCalls = { answers: { [`${HISTORY}s1`]: new Promise(() => {}) } };
    const timeout = new AbortController();
    const taken = takeEarlyAnswer(`${HISTORY}s1`, timeout.signal);
    timeout.abort();
    expect(await taken).toBeNull();
  });
});
