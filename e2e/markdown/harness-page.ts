import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, type Rollup } from 'vite';
import config from '../playwright.config';
import type { Harness } from './harness';

declare global {
  interface Window {
    harness: Harness;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface HarnessPage {
  page: Page;
  close(): Promise<void>;
}

/**
 * Opens Chromium with the components of `harness.tsx`, bundled for production, served by a small server. `policy`: a
 * content security policy with the nonce `harness`.
 */
export async function openHarnessPage({ policy = '' } = {}): Promise<HarnessPage> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1).split('?')[0] ?? '';
    const file = files.get(name);
    const type = name.endsWith('.css') ? 'text/css' : file ? 'text/javascript' : 'text/html';
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      ...(policy && { 'content-security-policy': policy }),
    });
    response.end(
      file ??
        '<!doctype html><link rel="stylesheet" href="/page.css"><main></main><script type="module" nonce="harness" src="/page.js"></script>',
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await chromium.launch(config.use?.launchOptions);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${portOf(server)}/`);
  await page.waitForFunction(() => 'harness' in window);
  return { page, close: () => closeBoth(browser, server) };
}

async function bundle(): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: {
      alias: [
        { find: /^react-markdown$/, replacement: `${ROOT}e2e/markdown/counting-markdown.tsx` },
        { find: /^react-markdown-real$/, replacement: `${ROOT}node_modules/react-markdown/index.js` },
        { find: '@', replacement: ROOT.replace(/\/$/, '') },
      ],
    },
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      rollupOptions: {
        input: `${ROOT}e2e/markdown/harness.tsx`,
        output: {
          entryFileNames: 'page.js',
          assetFileNames: ({ names }) => (names[0]?.endsWith('.css') ? 'page.css' : '[name][extname]'),
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  return new Map(
    outputs.flatMap(({ output }) =>
      output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source] as const),
    ),
  );
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
  return address.port;
}

async function closeBoth(browser: Browser, server: Server): Promise<void> {
  await browser.close();
  server.closeAllConnections();
  server.close();
}
