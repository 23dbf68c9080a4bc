import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiClient } from '../../faults/api-client';
import { fakeModelSettings } from '../../support/fake-openai/fake-openai';
import { must } from '../../support/run-checks';
import { startAppServer } from '../../support/servers/app-server';
import { BASE_PATH } from '../builds';
import type { DeployCheck } from '../deploy-check';
import type { DeployLab } from '../deploy-lab';
import { runCommand } from '../run-command';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ADMIN_TOKEN = 'an-admin-token-of-the-check';

async function appUnderPath(lab: DeployLab, settings: Record<string, string> = {}) {
  const { root } = await lab.build('base-path');
  const app = await startAppServer({ BASE_PATH, ...settings }, { root });
  lab.onEnd(() => app.dispose());
  return app;
}

/** The addresses in a page or a manifest that the browser would ask for. */
const addressesIn = (text: string): string[] =>
  [...text.matchAll(/(?:href|src|action|content)="(\/[^"]*)"|"(?:src|id|start_url|scope)":"(\/[^"]*)"/g)].map(
    ([, attribute, field]) => attribute ?? field ?? '',
  );

const isUnderPath = (address: string): boolean =>
  address === BASE_PATH || address.startsWith(`${BASE_PATH}/`);

const ask = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });

export const basePath: DeployCheck[] = [
  {
    name: 'base path addresses',
    promise: `a build for ${BASE_PATH} asks for nothing outside of it, in pages, manifest, redirects and forms`,
    async run(lab) {
      const app = await appUnderPath(lab, { ACCESS_CODE: 'open-sesame', ADMIN_TOKEN });
      const site = app.url + BASE_PATH;
      const seen: string[] = [];
      for (const path of ['/access', '/admin', '/nothing', '/manifest.webmanifest']) {
        const response = await ask(site + path);
        const addresses = addressesIn(await response.text());
        const outside = addresses.filter((address) => !isUnderPath(address));
        must(addresses.length > 2 || path === '/nothing', `${path}: no addresses found (${response.status})`);
        must(outside.length === 0, `${path} asks for ${outside.join(', ')}`);
        seen.push(`${path}: ${addresses.length} addresses`);
      }
      const visit = await ask(`${site}/?q=1`);
      must(visit.status === 307, `a visit without access is answered with ${visit.status}`);
      const location = visit.headers.get('location') ?? '';
      must(new URL(location, site).pathname === `${BASE_PATH}/access`, `it leads to ${location}`);
      const code = await ask(`${site}/api/access`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: 'open-sesame' }),
      });
      must(code.status === 204, `the access code is answered with ${code.status}`);
      const cookie = code.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; ');
      const back = await ask(`${site}/access?next=${encodeURIComponent('/?q=1')}`, { headers: { cookie } });
      must(
        /^\/chat\/?\?q=1$/.test(back.headers.get('location')?.replace(app.url, '') ?? ''),
        `the access page leads back to ${back.headers.get('location')}`,
      );
      const page = await ask(site, { headers: { cookie, accept: 'text/html' } });
      const outside = addressesIn(await page.text()).filter((address) => !isUnderPath(address));
      must(
        page.status === 200 && outside.length === 0,
        `the page (${page.status}) asks for ${outside.join(', ')}`,
      );
      must(
        page.headers.get('content-security-policy')?.includes("'nonce-") === true,
        'no policy on the page',
      );
      must(page.headers.get('x-frame-options') === 'DENY', 'no security headers on the page');
      must(page.headers.get('x-robots-tag') === null, 'the front page is not for search engines');
      const form = await ask(`${site}/api/admin/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: app.url, cookie },
        body: `token=${ADMIN_TOKEN}`,
      });
      must(
        form.headers.get('location') === `${BASE_PATH}/admin`,
        `admin leads to ${form.headers.get('location')}`,
      );
      return seen.join('\n');
    },
  },
  {
    name: 'base path proxies',
    promise: 'it works behind a proxy that strips the path, too, and probes need not know it',
    async run(lab) {
      const fake = await lab.model();
      const app = await appUnderPath(lab, fakeModelSettings(fake));
      const statuses: string[] = [];
      for (const path of [
        '',
        '/',
        '/api/health',
        '/api/health/live',
        '/api/models',
        '/favicon.ico',
        '/robots.txt',
      ])
        for (const base of [BASE_PATH, '']) {
          const { status } = await ask(`${app.url}${base}${path}`);
          must(status === 200, `${base}${path}: ${status}`);
          statuses.push(`${base}${path}`);
        }
      for (const url of [app.url, app.url + BASE_PATH]) {
        const client = new ApiClient(url);
        must(await client.page(), `no page at ${url}`);
        const sent = await client.send(ApiClient.message('hello'));
        must(sent.ok && (await sent.value.ended) === 'end', `no reply at ${url}`);
      }
      must(app.output().includes(`Confab is ready:  ${app.url}${BASE_PATH}`), `the report:\n${app.output()}`);
      return `200 at ${statuses.join(' ')}; a reply at both`;
    },
  },
  {
    name: 'base path smoke',
    promise: 'the smoke specs pass in a browser under the path',
    async run(lab) {
      const fake = await lab.model();
      const app = await appUnderPath(lab, fakeModelSettings(fake));
      const { code, output } = await runCommand(
        [
          ...(['node_modules/.bin/playwright', 'test'] as const),
          ...['--config', 'e2e/playwright.config.ts', '--reporter=list', '--workers=1'],
        ],
        { cwd: ROOT, environment: { E2E_BASE_URL: `${app.url}${BASE_PATH}/` }, timeoutMs: 4 * 60_000 },
      );
      must(code === 0, output.slice(-3000));
      return output.trim().split('\n').slice(-1)[0]?.trim() ?? '';
    },
  },
  {
    name: 'base path mismatch',
    promise: 'a server whose BASE_PATH is not that of its build says so and does not start',
    async run(lab) {
      const { root } = await lab.build('base-path');
      const { code, output } = await runCommand([process.execPath, join(root, 'scripts/start.mjs')], {
        cwd: root,
        environment: { BASE_PATH: '/other', PORT: '39999', HOST: '127.0.0.1', DATA_DIR: ':memory:' },
        timeoutMs: 30_000,
      });
      must(
        code === 1 && /BASE_PATH: is baked into a build.*\/chat/.test(output),
        `exit code ${code}:\n${output}`,
      );
      return output.trim().split('\n').slice(-1)[0]?.trim() ?? '';
    },
  },
];
