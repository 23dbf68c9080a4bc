import type { BrowserContext, Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { stringsFor } from '@/lib/chat/strings';
import { aNewPng } from '@/lib/server/images/testing/sample-images';
import type { AppServer } from '../../support/servers/app-server';
import { type Attack, every, finding } from '../attack';
import type { AttackLab } from '../attack-lab';
import type { Visitor } from '../visitor';

const en = stringsFor('en');

/** How long to wait until the limit allows the message: a rate of 20 allows one every three seconds. */
const GOES_MS = 30_000;

/** Part of the message whose reply is held back. */
const HELD = `held${newId()}`;

/** What a person sees of each limit: why the message was refused, that it is kept, and that it is sent later. */
export const limitsInBrowser: Attack[] = [
  refusedSend({
    name: 'TURNS_PER_MINUTE',
    settings: { TURNS_PER_MINUTE: '20' },
    says: en.pending.rateLimited,
    use: (_lab, own) => sendMany(own, 20),
    goes: 'when the rate allows it',
  }),
  refusedSend({
    name: 'TURNS_PER_MINUTE_PER_ADDRESS',
    settings: { TURNS_PER_MINUTE_PER_ADDRESS: '20' },
    says: en.pending.address,
    use: async (lab, _own, app) => sendMany(await lab.visitor(app), 20),
    goes: 'when the rate allows it',
  }),
  refusedSend({
    name: 'CONCURRENT_REPLIES',
    settings: { CONCURRENT_REPLIES: '1' },
    says: en.pending.replies,
    use: async (lab, own) => {
      const held = await own.begin(`[[hold]] ${HELD}`);
      await lab.model.received(HELD, 1);
      // The reply goes on.
      held.leave();
    },
    makeRoom: (lab) => lab.model.release({ contains: HELD }),
    goes: 'when the other reply has ended',
  }),
  refusedSend({
    name: 'GUESTS_PER_HOUR',
    settings: { GUESTS_PER_HOUR: '1' },
    says: en.pending.address,
    firstTime: true,
    use: async (lab, _own, app) => {
      await (await lab.visitor(app)).send('the first guest of the hour');
    },
  }),
  ...(['DAILY_TOKENS', 'SERVER_DAILY_TOKENS'] as const).map((name) =>
    refusedSend({
      name,
      settings: { [name]: '10' },
      says: /^Today’s token limit is used up\. It resets at \d\d:\d\d/,
    }),
  ),
  ...(['DAILY_COST', 'SERVER_DAILY_COST'] as const).map((name) =>
    refusedSend({
      name,
      settings: { [name]: '0.0000001', OPENAI_MODELS: 'gpt-4o-mini' },
      says: /^Today’s budget is used up\. It resets at \d\d:\d\d/,
    }),
  ),
  ...(
    [
      ['IMAGES_PER_HOUR', '1', en.failures.reasons.images.what],
      ['GUEST_STORAGE_MB', '0.4', en.failures.reasons.storage.what],
    ] as const
  ).map(
    ([name, value, says]): Attack => ({
      row: name,
      attempt: `${name}=${value}, in the browser: a second image`,
      expected: `the page says “${says}”, and the text stays in the composer`,
      control: 'the first image is taken',
      run: (lab) => refusedImage(lab, name, value, says),
    }),
  ),
];

interface Refused {
  name: string;
  settings: Record<string, string>;
  says: string | RegExp;
  /** Uses the limit up, as the guest of the browser or as another one. */
  use?: (lab: AttackLab, own: Visitor, app: AppServer) => Promise<void>;
  /** Ends what uses the limit up. */
  makeRoom?: (lab: AttackLab) => void;
  /** When the page sends the message; left out: too late for the row to wait. */
  goes?: string;
  /** The browser’s guest has sent nothing before. */
  firstTime?: boolean;
}

function refusedSend({ name, settings, says, use, makeRoom, goes, firstTime = false }: Refused): Attack {
  return {
    row: name,
    attempt: `${name}, in the browser: a message beyond the limit`,
    expected: `the page says “${typeof says === 'string' ? says : says.source}”, the text stays${goes ? `, and goes by itself ${goes}` : ', also after a reload'}`,
    control: firstTime ? 'the guest before it was answered' : 'the message before it was answered',
    run: async (lab) => {
      const app = await lab.app(settings, `in the browser ${name}`);
      const browser = await lab.browser();
      return browser.visit(async (page, context) => {
        await page.goto(app.url);
        const first = lab.secrets.text('within');
        if (!firstTime) await answered(page, first);
        await use?.(lab, await asProgram(lab, app, context), app);
        const text = lab.secrets.text('beyond');
        await write(page, text);
        const reason = page.getByRole('status').filter({ hasText: says });
        const seen = [];
        seen.push({ of: 'reason', ...(await shows(reason)) });
        seen.push({ of: 'text', ...(await shows(page.getByText(text, { exact: true }))) });
        if (!goes) {
          await page.reload();
          seen.push({ of: 'reason after a reload', ...(await shows(reason)) });
          seen.push({ of: 'text after a reload', ...(await shows(page.getByText(text, { exact: true }))) });
          seen.push({ of: 'model', ...finding(lab.asked(text) === 0, `asked ${lab.asked(text)} times`) });
        }
        makeRoom?.(lab);
        if (goes) {
          seen.push({ of: 'goes by itself', ...(await shows(replied(page, text))) });
          seen.push({ of: 'model', ...finding(lab.asked(text) === 1, `asked ${lab.asked(text)} times`) });
        }
        const before = firstTime ? lab.asked('the first guest of the hour') : lab.asked(first);
        return {
          attempt: every(seen, goes ? 'said, kept, sent by itself' : 'said, kept'),
          control: finding(before === 1, `model asked ${before} time`),
        };
      });
    },
  };
}

/** A program with the cookie of the browser. */
async function asProgram(lab: AttackLab, app: AppServer, context: BrowserContext): Promise<Visitor> {
  const visitor = lab.stranger(app);
  for (const { name, value } of await context.cookies(app.url))
    visitor.cookies.set(name, lab.secrets.add('a cookie', value));
  return visitor;
}

async function sendMany(visitor: Visitor, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => visitor.send('one of many')));
}

async function write(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Message / });
  await composer.fill(text);
  await composer.press('Enter');
}

/** The turn of a message once its reply is complete. */
const replied = (page: Page, text: string) =>
  page.getByRole('article').filter({ hasText: text }).getByRole('button', { name: 'Regenerate' });

async function answered(page: Page, text: string): Promise<void> {
  await write(page, text);
  await replied(page, text).waitFor();
}

/** Whether something is shown in time. */
async function shows(locator: ReturnType<Page['locator']>) {
  const shown = await locator
    .first()
    .waitFor({ timeout: GOES_MS })
    .then(
      () => true,
      () => false,
    );
  return finding(shown, 'not shown');
}

async function refusedImage(lab: AttackLab, name: string, value: string, says: string) {
  const app = await lab.app({ [name]: value, OPENAI_MODELS: 'fake-vision' }, `in the browser ${name}`);
  const browser = await lab.browser();
  return browser.visit(async (page) => {
    await page.goto(app.url);
    const composer = page.getByRole('textbox', { name: /^Message / });
    await composer.fill('kept beside the images');
    const add = async (file: string) =>
      page.locator('input[type=file]').setInputFiles({
        name: file,
        mimeType: 'image/png',
        buffer: aNewPng({ width: 320, height: 320, noise: true }),
      });
    const stored = page.waitForResponse((response) => response.url().endsWith('/api/images'));
    await add('one.png');
    const first = (await stored).status();
    const refused = page.waitForResponse((response) => response.url().endsWith('/api/images'));
    await add('two.png');
    const second = (await refused).status();
    const said = await shows(page.getByText(says, { exact: false }));
    const text = await composer.inputValue();
    return {
      attempt: every(
        [
          { of: 'upload', ...finding(second === 429, String(second)) },
          { of: 'reason', ...said },
          { of: 'text', ...finding(text === 'kept beside the images', text) },
        ],
        'said, kept',
      ),
      control: finding(first === 201, String(first)),
    };
  });
}
