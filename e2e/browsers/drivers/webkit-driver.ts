import { z } from 'zod';
import { freePort } from '@/e2e/support/servers/free-port';
import { type BrowserDriver, INPUT_ACTIONS } from './browser-driver';
import { startProcess } from './start-process';

const COMMAND_MS = 60_000;

const ANSWER = z.object({ value: z.unknown() });
const PROBLEM = z.object({ error: z.string(), message: z.string() });
const SESSION = z.object({
  sessionId: z.string(),
  capabilities: z.object({ browserVersion: z.string() }),
});
const EVALUATED = z.union([z.object({ value: z.string() }), z.object({ problem: z.string() })]);

export interface WebKitPrograms {
  driver: string;
  browser: string;
  xvfb: string;
}

/** WebKitGTK over WebDriver: its MiniBrowser on a virtual screen. `more`: arguments of MiniBrowser. */
export async function startWebKit(
  { driver, browser, xvfb }: WebKitPrograms,
  more: readonly string[],
): Promise<BrowserDriver> {
  const screen = startProcess(xvfb, ['-displayfd', '1', '-nolisten', 'tcp', '-screen', '0', '1600x1200x24']);
  const [display = ''] = await screen.printed(/^\d+$/m);
  const port = await freePort();
  const service = startProcess(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    DISPLAY: `:${display}`,
    LANGUAGE: 'en_US',
    GDK_BACKEND: 'x11',
    // Its sandbox needs namespaces that a container does not give. The pages here are our own.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    // A virtual screen has no graphics card.
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  });
  const endAll = async () => {
    await service.end();
    await screen.end();
  };

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(COMMAND_MS),
    });
    const { value } = ANSWER.parse(await response.json());
    if (response.ok) return value;
    const { error, message } = PROBLEM.parse(value);
    throw new Error(`WebKit: ${error}: ${message}`);
  }

  try {
    await service.answers(`http://127.0.0.1:${port}/status`);
    const options = { binary: browser, args: ['--automation', ...more] };
    const alwaysMatch = { 'webkitgtk:browserOptions': options };
    const answer = await call('POST', '/session', { capabilities: { alwaysMatch } });
    const { sessionId, capabilities } = SESSION.parse(answer);
    const session = `/session/${sessionId}`;
    const act = async (actions: unknown) => void (await call('POST', `${session}/actions`, { actions }));
    const evaluate = async (expression: string): Promise<string> => {
      const script = `const [done] = [...arguments].slice(-1);
        Promise.resolve().then(() => ${expression}).then((value) => done({ value }), (error) => done({ problem: String(error) }));`;
      const evaluated = EVALUATED.parse(await call('POST', `${session}/execute/async`, { script, args: [] }));
      if ('problem' in evaluated) throw new Error(evaluated.problem);
      return evaluated.value;
    };
    /** The window's frame takes some of the size that is asked for. */
    const resize = async (width: number, height: number) => {
      await call('POST', `${session}/window/rect`, { width, height });
      const inner = JSON.parse(await evaluate('JSON.stringify([innerWidth, innerHeight])'));
      const [innerWidth, innerHeight] = z.tuple([z.number(), z.number()]).parse(inner);
      const outer = { width: 2 * width - innerWidth, height: 2 * height - innerHeight };
      await call('POST', `${session}/window/rect`, outer);
    };
    await call('POST', `${session}/timeouts`, { script: COMMAND_MS });
    await resize(1280, 800);
    return {
      name: `WebKit ${capabilities.browserVersion}`,
      goTo: async (url) => void (await call('POST', `${session}/url`, { url })),
      evaluate,
      click: (point) => act(INPUT_ACTIONS.click(point)),
      wheel: (point, pixels) => act(INPUT_ACTIONS.wheel(point, pixels)),
      press: (keys) => act(INPUT_ACTIONS.press(keys)),
      resize,
      screenshot: async () =>
        Buffer.from(z.string().parse(await call('GET', `${session}/screenshot`)), 'base64'),
      async close() {
        await call('DELETE', session).catch(() => undefined);
        await endAll();
      },
    };
  } catch (error) {
    await endAll();
    throw error instanceof Error ? new Error(`${error.message}\n${service.output().slice(-1_000)}`) : error;
  }
}
