import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type BrowserDriver, INPUT_ACTIONS } from './browser-driver';
import { startProcess } from './start-process';

const COMMAND_MS = 60_000;

/**
 * No first-run pages, and no connection to anything but loopback: everything else goes to a proxy that does not exist,
 * and Firefox never asks a proxy for loopback.
 */
const SETTINGS: Record<string, string | number | boolean> = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'intl.accept_languages': 'en-US, en',
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'toolkit.telemetry.enabled': false,
  // A window that is not in front runs as fast as one that is.
  'dom.min_background_timeout_value': 4,
  'widget.windows.window_occlusion_tracking.enabled': false,
};

const ANSWER = z.object({
  id: z.number().nullish(),
  result: z.unknown(),
  error: z.string().optional(),
  message: z.string().optional(),
});
const SESSION = z.object({ capabilities: z.object({ browserVersion: z.string() }) });
const TREE = z.object({ contexts: z.array(z.object({ context: z.string() })).min(1) });
const EVALUATED = z.union([
  z.object({ type: z.literal('success'), result: z.object({ value: z.string() }) }),
  z.object({ type: z.literal('exception'), exceptionDetails: z.object({ text: z.string() }) }),
]);
const SCREENSHOT = z.object({ data: z.string() });

/** Firefox over WebDriver BiDi, which it speaks by itself. `more`: settings beside the usual ones. */
export async function startFirefox(path: string, more: Record<string, number>): Promise<BrowserDriver> {
  const profile = await mkdtemp(join(tmpdir(), 'confab-firefox-'));
  const lines = Object.entries({ ...SETTINGS, ...more }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'];
  const firefox = startProcess(path, args, { HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' });
  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 5 });
  try {
    const [, address = ''] = await firefox.printed(/WebDriver BiDi listening on (ws:\/\/\S+)/);
    const { send, close } = await connect(`${address}/session`);
    const { capabilities } = SESSION.parse(await send('session.new', { capabilities: {} }));
    const context = TREE.parse(await send('browsingContext.getTree', {})).contexts[0]?.context;
    const act = async (actions: unknown) => void (await send('input.performActions', { context, actions }));
    const resize = async (width: number, height: number) =>
      void (await send('browsingContext.setViewport', { context, viewport: { width, height } }));
    await resize(1280, 800);
    return {
      name: `Firefox ${capabilities.browserVersion}`,
      goTo: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
      async evaluate(expression) {
        const target = { context };
        const answer = await send('script.evaluate', { expression, target, awaitPromise: true });
        const evaluated = EVALUATED.parse(answer);
        if (evaluated.type === 'exception') throw new Error(evaluated.exceptionDetails.text);
        return evaluated.result.value;
      },
      click: (point) => act(INPUT_ACTIONS.click(point)),
      wheel: (point, pixels) => act(INPUT_ACTIONS.wheel(point, pixels)),
      press: (keys) => act(INPUT_ACTIONS.press(keys)),
      resize,
      async screenshot() {
        const answer = await send('browsingContext.captureScreenshot', { context });
        return Buffer.from(SCREENSHOT.parse(answer).data, 'base64');
      },
      async close() {
        close();
        await firefox.end();
        await removeProfile();
      },
    };
  } catch (error) {
    await firefox.end();
    await removeProfile();
    throw error;
  }
}

/** A connection for commands. It takes no part in events. */
async function connect(address: string) {
  const socket = new WebSocket(address);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  };
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error, message } = ANSWER.parse(JSON.parse(String(data)));
    const command = waiting.get(id ?? 0);
    if (!command) return;
    waiting.delete(id ?? 0);
    if (error === undefined) command.resolve(result);
    else command.reject(new Error(`Firefox: ${error}: ${message}`));
  });
  socket.addEventListener('close', () => fail('Firefox closed the connection.'));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('Firefox cannot be reached.')));
  });

  async function send(method: string, params: object): Promise<unknown> {
    lastId += 1;
    const id = lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(id, { resolve, reject });
    const late = setTimeout(() => reject(new Error(`Firefox does not answer ${method}.`)), COMMAND_MS);
    socket.send(JSON.stringify({ id, method, params }));
    return promise.finally(() => clearTimeout(late));
  }
  return { send, close: () => socket.close() };
}
