import type { BrowserContext, Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import type { HistoryAnswer } from '@/lib/chat/wire';
import { type Attack, every, finding, same } from '../attack';
import { type AttackLab, CHAT_HOST } from '../attack-lab';

/** Attacks of another site through a visitor's browser: a real Chromium with every host name mapped to loopback. */
export const otherSites: Attack[] = [
  ...(['evil.test', `other.${CHAT_HOST}`] as const).flatMap((host) =>
    ['/', '/anything', '/api/chat/stream', '/api/chat/sessions', '/api/images'].map(
      (path): Attack => ({
        row: '1',
        attempt: `${host} posts a form to ${path}: of each encoding, and with its origin hidden`,
        expected: 'refused; the visitor keeps cookie and history',
        control: 'a cookie that is taken away is seen: another cookie, no history',
        run: (lab) => attackByForm(lab, host, path),
      }),
    ),
  ),
  {
    row: '1',
    attempt: 'A form of the page itself to /',
    expected: 'not refused as that of another site: 405, since a page only reads',
    control: 'the same form from another site is refused: 403',
    run: async (lab) => {
      const { own, other } = await postFromBothSites(lab);
      return {
        attempt: same(405, own),
        control: same(403, other),
      };
    },
  },
  ...[
    ['an <img> of the page', (url: string) => `<img src="${url}/">`],
    ['an <iframe> of the page', (url: string) => `<iframe src="${url}/"></iframe>`],
    ['a prefetch of the page', (url: string) => `<link rel="prefetch" href="${url}/">`],
    ['a no-cors fetch of the page', (url: string) => `<script>fetch('${url}/', {mode:'no-cors'})</script>`],
    [
      'a popup that posts',
      (url: string) =>
        `<form method="post" action="${url}/" target="_blank" rel="opener"></form><script>document.forms[0].submit()</script>`,
    ],
  ].map(
    ([what, html]): Attack => ({
      row: '1',
      attempt: `Another site has ${what}`,
      expected: 'the visitor keeps cookie and history',
      control: 'the request did reach the server',
      run: (lab) => attackByPage(lab, html as (url: string) => string),
    }),
  ),
  ...(['evil.test', `other.${CHAT_HOST}`] as const).flatMap((host) =>
    ['text/plain', 'application/x-www-form-urlencoded', 'application/json'].map(
      (type): Attack => ({
        row: '3',
        attempt: `${host} sends a turn as ${type}`,
        expected: 'no model is asked, nothing is written',
        control: 'the same fetch from the site itself reaches the model',
        run: (lab) => spendFrom(lab, host, type),
      }),
    ),
  ),
];

interface Visit {
  page: Page;
  context: BrowserContext;
  url: string;
  sessionId: string;
  history: HistoryAnswer;
}

/** A visitor in Chromium with one conversation. */
async function asVisitor<T>(lab: AttackLab, work: (visit: Visit) => Promise<T>): Promise<T> {
  const app = await lab.app();
  const url = `http://${CHAT_HOST}:${new URL(app.url).port}`;
  const browser = await lab.browser();
  return browser.visit(async (page, context) => {
    await page.goto(url);
    const sessionId = newId();
    const status = await sendInPage(page, sessionId, lab.secrets.text('mine'), 'application/json');
    if (status !== 200) throw new Error(`The visitor could not send: ${status}`);
    for (const { value } of await context.cookies(url)) lab.secrets.add('a cookie', value);
    const history = await historyInPage(page, url, sessionId);
    if (history.turns.length !== 1) throw new Error('The visitor has no history to lose.');
    return work({ page, context, url, sessionId, history });
  });
}

const sendInPage = (page: Page, sessionId: string, content: string, type: string): Promise<number> =>
  page.evaluate(
    async ({ type, ...message }) => {
      const body = JSON.stringify({ ...message, assistantId: 'assistant' });
      const headers = { 'content-type': type };
      const response = await fetch('/api/chat/stream', { method: 'POST', body, headers });
      await response.text();
      return response.status;
    },
    { sessionId, turnId: newId(), content, type },
  );

async function historyInPage(page: Page, url: string, sessionId: string): Promise<HistoryAnswer> {
  await page.goto(`${url}/api/chat/history?sessionId=${sessionId}`);
  return JSON.parse(await page.locator('body').innerText());
}

/** What the visitor has lost: nothing, the cookie or the history. */
async function losses({ page, context, url, sessionId, history }: Visit, before: string) {
  const after = await cookiesOf(context, url);
  const now = await historyInPage(page, url, sessionId);
  const lost = [
    ...(after === before ? [] : ['another cookie']),
    ...(JSON.stringify(now) === JSON.stringify(history) ? [] : [`${now.turns.length} of 1 turns`]),
  ];
  return lost.join(', ');
}

async function cookiesOf(context: BrowserContext, url: string): Promise<string> {
  const cookies = await context.cookies(url);
  return cookies
    .map(({ name, value }) => `${name}=${value}`)
    .sort()
    .join('; ');
}

const form = (action: string, type = 'application/x-www-form-urlencoded') =>
  `<form method="post" enctype="${type}" action="${action}"><input name='{"a":"' value='"}'></form><script>document.forms[0].submit()</script>`;

async function statusOfPost(page: Page, open: () => Promise<unknown>): Promise<number> {
  const [posted] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    open(),
  ]);
  return posted.status();
}

/** What sends `Origin: null`, so that a server which takes it for "no origin" lets the form in. */
const NO_REFERRER = '<meta name="referrer" content="no-referrer">';

function attackByForm(lab: AttackLab, host: string, path: string) {
  return asVisitor(lab, async (visit) => {
    const { page, context, url } = visit;
    const before = await cookiesOf(context, url);
    const target = url + path;
    const evil = (html: string, headers = {}) =>
      lab.attacker.page(`/form-${newId()}`, html, { host, headers });
    const pages = [
      evil(form(target)),
      evil(form(target, 'text/plain')),
      evil(form(target, 'multipart/form-data')),
      evil(NO_REFERRER + form(target)),
      evil(form(target), { 'content-security-policy': 'sandbox allow-scripts allow-forms' }),
    ];
    const seen: string[] = [];
    let lost = '';
    for (const address of pages) {
      seen.push(String(await statusOfPost(page, () => page.goto(address))));
      lost ||= await losses(visit, before);
    }
    const refused = seen.every((status) => status === '403');
    await context.clearCookies();
    await page.goto(url);
    const control = await losses(visit, before);
    return {
      attempt: finding(refused && lost === '', [...seen, lost || 'cookie and history as before'].join(', ')),
      control: finding(control.includes('cookie') && control.includes('turns'), control),
    };
  });
}

function postFromBothSites(lab: AttackLab) {
  return asVisitor(lab, async ({ page, url }) => {
    const evil = lab.attacker.page('/form-control', form(`${url}/`));
    const other = await statusOfPost(page, () => page.goto(evil));
    await page.goto(url);
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '/';
      form.innerHTML = '<button>Post it</button>';
      document.body.prepend(form);
    });
    const own = await statusOfPost(page, () => page.getByRole('button', { name: 'Post it' }).press('Enter'));
    return { own, other };
  });
}

function attackByPage(lab: AttackLab, html: (url: string) => string) {
  return asVisitor(lab, async (visit) => {
    const { page, context, url } = visit;
    const before = await cookiesOf(context, url);
    const evil = lab.attacker.page(`/page-${newId()}`, html(url));
    const arrived = context.waitForEvent('request', (request) => request.url() === `${url}/`);
    await page.goto(evil);
    const request = await arrived;
    // The browser has stored the cookies of a response by the time that it reports the response.
    const status = (await request.response())?.status() ?? 0;
    // There is a response even if the browser hides it from the other site.
    const blocked = request.failure()?.errorText ?? '';
    const lost = await losses(visit, before);
    return {
      attempt: finding(lost === '', lost || 'cookie and history as before'),
      control: finding(
        status > 0 || blocked.includes('BLOCKED_BY'),
        `${request.method()} from evil.test, ${status || blocked}`,
      ),
    };
  });
}

async function spendFrom(lab: AttackLab, host: string, type: string) {
  return asVisitor(lab, async (visit) => {
    const { page, context, url, sessionId } = visit;
    const before = await cookiesOf(context, url);
    const text = lab.secrets.text('spend');
    const body = JSON.stringify({ sessionId, turnId: newId(), assistantId: 'assistant', content: text });
    const script = `fetch(${JSON.stringify(`${url}/api/chat/stream`)}, {method:'POST', mode:${JSON.stringify(type === 'application/json' ? 'cors' : 'no-cors')}, credentials:'include', headers:{'content-type':${JSON.stringify(type)}}, body:${JSON.stringify(body)}}).then(r => r.text(), String).then(t => document.title = 'sent')`;
    await page.goto(lab.attacker.page(`/spend-${newId()}`, `<script>${script}</script>`, { host }));
    await page.waitForFunction(() => document.title === 'sent');
    const lost = await losses(visit, before);
    const own = lab.secrets.text('own');
    await page.goto(url);
    await sendInPage(page, sessionId, own, 'application/json');
    // The model got the later message, so it would also have got the earlier one.
    const asked = lab.asked(text);
    return {
      attempt: every(
        [
          { of: 'model', ...finding(asked === 0, `asked ${asked} times`) },
          { of: 'visitor', ...finding(lost === '', lost) },
        ],
        'model not asked, history as before',
      ),
      control: finding(lab.asked(own) === 1, `model asked ${lab.asked(own)} time`),
    };
  });
}
