import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { aNewPng } from '@/lib/server/images/testing/sample-images';
import { type Attack, every, finding, same } from '../attack';
import { type AttackLab, CHAT_HOST } from '../attack-lab';
import type { Visitor } from '../visitor';

const DATA = '/api/guest/data';

/** "Delete everything": what is left, which guests it affects, and who can cause it. */
export const deletion: Attack[] = [
  {
    row: 'delete all',
    attempt: 'A guest deletes everything: is anything of theirs left, is anything of another guest gone',
    expected: 'nothing of theirs in answers, tables or files; the other guest has every byte',
    control: 'before that their text is in answers, tables and files',
    run: deleteOwn,
  },
  {
    row: 'delete all',
    attempt: 'A program sends the DELETE of another site, or without a cookie, or with a forged one',
    expected: '403 for another site, 404 for strangers; everything stays',
    control: 'the same DELETE from the page itself deletes',
    run: deleteAsAnotherSite,
  },
  ...(['evil.test', `other.${CHAT_HOST}`] as const).map(
    (host): Attack => ({
      row: 'delete all',
      attempt: `${host} deletes everything of a visitor: by fetch in each mode, by forms that name another method`,
      expected: 'refused, everything stays',
      control: 'the same fetch from the page itself deletes',
      run: (lab) => deleteFromSite(lab, host),
    }),
  ),
];

/** A guest with a conversation and an image, and all that the server answers about them. */
async function withData(lab: AttackLab, visitor: Visitor) {
  const text = lab.secrets.make('text of a guest');
  const { sessionId } = await visitor.send(text);
  const image = JSON.parse(String((await visitor.upload(aNewPng())).body)).id as string;
  const everything = async () => {
    const paths = [`/api/chat/history?sessionId=${sessionId}`, '/api/chat/sessions', `/api/images/${image}`];
    const answers = [];
    for (const path of paths) {
      const { status, body } = await visitor.ask(path);
      answers.push(`${status} ${body.toString('latin1')}`);
    }
    return answers.join('\n');
  };
  return { visitor, text, sessionId, image, everything };
}

/** The number of rows, in all tables, that contain this text. */
function rowsWith(file: string, text: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    const rows = tables.flatMap(({ name }) => db.prepare(`SELECT * FROM "${name}"`).all());
    return rows.filter((row) =>
      Object.values(row).some((value) =>
        (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)).includes(text),
      ),
    ).length;
  } finally {
    db.close();
  }
}

async function deleteOwn(lab: AttackLab) {
  const app = await lab.app({}, 'deletion');
  const file = join(app.dataDir, 'confab.sqlite');
  const mine = await withData(lab, await lab.visitor(app));
  const other = await withData(lab, await lab.visitor(app));
  const otherBefore = await other.everything();
  const traces = async () => ({
    answers: (await mine.everything()).includes(mine.text),
    rows: rowsWith(file, mine.text) + rowsWith(file, mine.sessionId) + rowsWith(file, mine.image),
    files: await app.hasStored(mine.text),
  });
  const before = await traces();
  const cookies = new Map(mine.visitor.cookies);
  const status = (await mine.visitor.ask(DATA, { method: 'DELETE' })).status;
  // The cookie that a thief may have kept.
  for (const [name, value] of cookies) mine.visitor.cookies.set(name, value);
  const after = await traces();
  const image = (await mine.visitor.ask(`/api/images/${mine.image}`)).status;
  const otherAfter = await other.everything();
  return {
    attempt: every(
      [
        { of: 'DELETE', ...same(204, status) },
        { of: 'answers', ...finding(!after.answers, 'the text is there') },
        { of: 'tables', ...finding(after.rows === 0, `${after.rows} rows`) },
        { of: 'files', ...finding(!after.files, 'the text is there') },
        { of: 'image', ...finding(image >= 400, String(image)) },
        { of: 'the other guest', ...finding(otherAfter === otherBefore, 'has other data') },
      ],
      'nothing left, the other guest has everything',
    ),
    control: finding(
      before.answers && before.rows > 0 && before.files && otherBefore.includes(other.text),
      `${before.rows} rows`,
    ),
  };
}

async function deleteAsAnotherSite(lab: AttackLab) {
  const app = await lab.app({}, 'deletion');
  const { host, origin } = new URL(app.url);
  const { visitor, everything } = await withData(lab, await lab.visitor(app));
  const before = await everything();
  const [name = '', value = ''] = [...visitor.cookies][0] ?? [];
  const tries: [string, number, Record<string, string>][] = [
    ['cross-site', 403, { 'sec-fetch-site': 'cross-site' }],
    ['same-site', 403, { 'sec-fetch-site': 'same-site' }],
    ['a foreign origin', 403, { origin: 'http://evil.test' }],
    ['the origin of a sibling', 403, { origin: `http://other.${host}` }],
    ['a hidden origin', 403, { origin: 'null' }],
    ['another scheme', 403, { origin: `ftp://${host}` }],
    ['two cookies', 403, { cookie: `${name}=${value}; ${name}=${value}` }],
    ['no cookie', 404, { cookie: 'a=b' }],
    ['a forged cookie', 404, { cookie: `${name}=${value.replace(/.{6}$/, 'AAAAAA')}` }],
  ];
  const attempts = [];
  for (const [of, wanted, headers] of tries)
    attempts.push({ of, ...same(wanted, (await visitor.ask(DATA, { method: 'DELETE', headers })).status) });
  for (const [header, method] of [
    ['x-http-method-override', 'POST'],
    ['x-method-override', 'GET'],
  ] as const) {
    const { status } = await visitor.ask(DATA, { method, headers: { [header]: 'DELETE' } });
    attempts.push({ of: header, ...same(405, status) });
  }
  const kept = (await everything()) === before;
  const own = await visitor.ask(DATA, {
    method: 'DELETE',
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  });
  return {
    attempt: every(
      [...attempts, { of: 'data', ...finding(kept, 'changed') }],
      `${attempts.length} refused, everything stays`,
    ),
    control: finding(own.status === 204 && (await everything()) !== before, String(own.status)),
  };
}

async function deleteFromSite(lab: AttackLab, host: string) {
  const app = await lab.app({}, 'deletion');
  const url = `http://${CHAT_HOST}:${new URL(app.url).port}`;
  const browser = await lab.browser();
  return browser.visit(async (page, context) => {
    await page.goto(url);
    const sessionId = newId();
    await sendFromPage(page, sessionId, lab.secrets.text('to be kept'));
    const turns = () =>
      page.evaluate(
        async (id) => (await (await fetch(`/api/chat/history?sessionId=${id}`)).json()).turns?.length ?? 0,
        sessionId,
      );
    const before = await turns();
    const evil = `
      <form id=f method=post action="${url}${DATA}?_method=DELETE" target=frame><input name=_method value=DELETE></form>
      <iframe name=frame></iframe>
      <script>
        const target = '${url}${DATA}';
        const all = ['cors', 'no-cors'].map((mode) =>
          fetch(target, { method: mode === 'cors' ? 'DELETE' : 'POST', mode, credentials: 'include',
            headers: mode === 'cors' ? { 'x-http-method-override': 'DELETE' } : {} }).catch(() => null));
        all.push(fetch(target, { method: 'DELETE', credentials: 'include' }).catch(() => null));
        all.push(new Promise((resolve) => { document.querySelector('iframe').onload = resolve; }));
        document.getElementById('f').submit();
        Promise.all(all).then(() => { document.title = 'tried'; });
      </script>`;
    const posted = context.waitForEvent('response', (response) => response.url().includes('_method=DELETE'));
    await page.goto(lab.attacker.page(`/delete-${newId()}`, evil, { host }));
    const status = (await posted).status();
    await page.waitForFunction(() => document.title === 'tried');
    await page.goto(url);
    const after = await turns();
    const own = await page.evaluate(async (path) => (await fetch(path, { method: 'DELETE' })).status, DATA);
    const left = await turns();
    return {
      attempt: finding(after === 1 && status === 403, `form ${status}, ${after} of 1 turns left`),
      control: finding(before === 1 && own === 204 && left === 0, `${own}, ${left} turns left`),
    };
  });
}

const sendFromPage = (page: Page, sessionId: string, content: string): Promise<string> =>
  page.evaluate(
    async (message) =>
      (
        await fetch('/api/chat/stream', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...message, assistantId: 'assistant' }),
        })
      ).text(),
    { sessionId, turnId: newId(), content },
  );
