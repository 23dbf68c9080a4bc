import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { Page } from '@playwright/test';
import { type Seed, seedConversation } from '../../support/seed-conversation';
import type { AppServer } from '../../support/servers/app-server';
import { type Attack, every, finding, within } from '../attack';
import type { AttackLab } from '../attack-lab';
import { ask } from '../http-client';

const MB = 1_000_000;
/** How long a control may take. */
const CONTROL_MS = 10_000;

/** Hostile content in a reply, from a model or from somebody who prompts it. */
export const replies: Attack[] = [
  {
    row: '4',
    attempt: 'Replies that are made to freeze the page, on each visit',
    expected: 'the page is never busy for more than 2 s',
    control: 'a script that is busy for 3 s is seen',
    run: freeze,
  },
  {
    row: '5',
    attempt: 'A model that writes a reply of 1.5 million characters',
    expected: 'kept up to 400,000, finish reason "length"',
    control: 'a reply of 300,000 characters is kept whole',
    run: hugeReply,
  },
  {
    row: '5',
    attempt: '100 connections ask for a history of 5 MB and read nothing',
    expected: 'the server grows by less than 250 MB; others are answered',
    control: 'the history is really 5 MB, and comes in pages of at most 2.5 MB',
    run: unreadAnswers,
  },
  {
    row: '16',
    attempt: 'Formulas that paint outside their turn',
    expected: 'everything outside is clipped',
    control: 'without the clipping it is seen outside',
    run: paintOutside,
  },
  {
    row: '16',
    attempt: 'A link whose text names another site than it opens',
    expected: 'the true host is shown beside it',
    control: 'a link with an honest text has nothing beside it',
    run: dishonestLink,
  },
  {
    row: '16',
    attempt: 'Diagrams and Markdown with remote references, with the browser’s policy switched off',
    expected: 'no request to another site, no remote reference in the page',
    control: 'an <img> that is put into the same page does reach it',
    run: beacons,
  },
  {
    row: 'held',
    attempt: 'Scripts in a reply: tags, handlers, javascript: links, SVG, MathML, styles',
    expected: 'nothing runs, with the browser’s policy switched off',
    control: 'the same HTML runs, vector by vector, where it is put into the page as it is',
    run: inject,
  },
];

async function withConversation<T>(
  lab: AttackLab,
  texts: string[],
  work: (page: Page, app: AppServer) => Promise<T>,
  { bypassCSP = false, before }: { bypassCSP?: boolean; before?: (page: Page) => Promise<unknown> } = {},
): Promise<T> {
  const app = await lab.app({}, 'replies');
  const seed: Seed = {
    turns: texts.length,
    texts: (n) => ({ message: `Question ${n}`, reply: texts[n] ?? '' }),
  };
  const { cookie } = await seedConversation(app.dataDir, seed);
  const browser = await lab.browser();
  return browser.visit(
    async (page, context) => {
      await context.addCookies([{ ...cookie, url: app.url }]);
      await before?.(page);
      await page.goto(app.url);
      await page
        .locator('[data-turn]')
        .getByText(`Question ${texts.length - 1}`, { exact: true })
        .waitFor();
      return work(page, app);
    },
    { bypassCSP },
  );
}

/**
 * Shapes that took minutes in the review of November 2026; `e2e/markdown/pathological.test.ts` has the whole list.
 */
const FREEZING = [
  '['.repeat(50_000),
  '![['.repeat(20_000),
  '*a '.repeat(40_000),
  `${'> '.repeat(3_000)}x`,
  `|${'a|'.repeat(3_000)}\n|${'-|'.repeat(3_000)}\n|${'b|'.repeat(3_000)}`,
  `$$${'{'.repeat(5_000)}x${'}'.repeat(5_000)}$$`,
  `$$${'\\frac{1}'.repeat(3_000)}x$$`,
  '<a '.repeat(30_000),
  '`'.repeat(30_001),
  'http://a.b/'.repeat(5_000),
  `${'[a]: <b\n'.repeat(10_000)}`,
  `\`\`\`mermaid\ngraph TD\n${Array.from({ length: 2_000 }, (_, n) => `a${n} --> a${(n * 7) % 2_000}`).join('\n')}\n\`\`\``,
];

/** The longest time that the page was blocked while `work` ran, ms. */
async function longestBusy(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const busy = { longest: 0, last: performance.now() };
    setInterval(() => {
      const now = performance.now();
      busy.longest = Math.max(busy.longest, now - busy.last);
      busy.last = now;
    }, 20);
    Object.assign(globalThis, { busy });
  });
  await work();
  return page.evaluate(() => {
    const { busy } = globalThis as unknown as { busy: { longest: number; last: number } };
    return Math.max(busy.longest, performance.now() - busy.last);
  });
}

/** Resolves when the page has painted and has a moment to spare. */
const idle = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 3_000 })),
      ),
  );

/** Brings a turn into view and resolves when it is shown in full, with its diagrams drawn or given up. */
async function showTurn(page: Page, n: number, diagrams = 0): Promise<void> {
  const slot = page.locator('[data-turn]').nth(n);
  await slot.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await slot.locator('article:not([data-plain])').waitFor();
  for (let each = 0; each < diagrams; each++) {
    const ended = slot
      .getByRole('img', { name: 'Diagram' })
      .or(slot.getByText('This diagram couldn’t be rendered', { exact: false }));
    await ended.nth(each).waitFor();
  }
  await idle(page);
}

async function freeze(lab: AttackLab) {
  return withConversation(lab, [...FREEZING, 'The last reply is harmless.'], async (page) => {
    const visitAll = async () => {
      for (let n = FREEZING.length - 1; n >= 0; n--) {
        await showTurn(page, n, FREEZING[n]?.startsWith('```mermaid') ? 1 : 0);
        // Formulas and long texts are rendered as far as they are near the window.
        for (let step = 0; step < 4; step++) {
          await page.keyboard.press('PageDown');
          await idle(page);
        }
      }
    };
    const longest = await longestBusy(page, visitAll);
    const planted = await longestBusy(page, () =>
      page.evaluate(() => {
        const until = performance.now() + 3_000;
        while (performance.now() < until);
      }),
    );
    return {
      attempt: finding(
        longest < 2_000,
        `${FREEZING.length} replies shown, busy for ${Math.round(longest)} ms at most`,
      ),
      control: finding(planted > 2_000, `busy for ${Math.round(planted)} ms`),
    };
  });
}

async function hugeReply(lab: AttackLab) {
  const app = await lab.app();
  const visitor = await lab.visitor(app);
  const lengthOf = async (events: number) => {
    // Each event repeats the name, and has about 210 characters.
    const name = 'x'.repeat(200);
    const sent = await visitor.begin(`[[named]] ${name} 0 ${events} 0`);
    await sent.whole();
    const turn = (await visitor.history(sent.sessionId)).turns[0];
    return { length: turn?.reply.content.length ?? 0, reason: turn?.finishReason ?? turn?.status };
  };
  const huge = await lengthOf(7_200);
  const large = await lengthOf(1_450);
  return {
    attempt: finding(
      huge.length <= 400_000 && huge.length > 300_000 && huge.reason === 'length',
      `${huge.length} characters, ${huge.reason}`,
    ),
    control: finding(
      large.length > 290_000 && large.reason === 'stop',
      `${large.length} characters, ${large.reason}`,
    ),
  };
}

async function unreadAnswers(lab: AttackLab) {
  const app = await lab.app({}, 'unread');
  const texts = (n: number) => ({ message: `Question ${n}`, reply: `${n} `.padEnd(100_000, 'long ') });
  const { sessionId, cookie } = await seedConversation(app.dataDir, { turns: 50, texts });
  const header = `${cookie.name}=${cookie.value}`;
  lab.secrets.add('a cookie', cookie.value);
  const path = `/api/chat/history?sessionId=${sessionId}&limit=200`;
  const page = await ask(app.url + path, { headers: { cookie: header } });
  const { turns, nextBefore } = JSON.parse(page.body.toString('utf8'));
  const before = memoryOf(app.pid);
  const { host, hostname, port } = new URL(app.url);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(app.pid));
  }, 100);
  const sockets: Socket[] = [];
  // Readable, but nothing is read: the first bytes are there, so the server has made the whole answer.
  const answered = Array.from({ length: 100 }, () => {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${header}\r\n\r\n`);
    return Promise.race([once(socket, 'readable'), once(socket, 'close')]);
  });
  await Promise.all(answered);
  const other = (await ask(`${app.url}/api/models`)).status;
  clearInterval(watch);
  most = Math.max(most, memoryOf(app.pid));
  for (const socket of sockets) socket.destroy();
  const grown = most - before;
  return {
    attempt: every(
      [
        { of: 'memory', ...finding(grown < 250 * MB, `${Math.round(grown / MB)} MB more`) },
        { of: 'others', ...finding(other === 200 || other === 429, String(other)) },
      ],
      `${Math.round(grown / MB)} MB more`,
    ),
    control: finding(
      page.body.length < 2.5 * MB && turns.length < 50 && nextBefore !== null,
      `${turns.length} of 50 turns in ${(page.body.length / MB).toFixed(1)} MB`,
    ),
  };
}

/** The resident memory of a process group, in bytes. */
function memoryOf(group: number): number {
  let kilobytes = 0;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (Number(fields[2]) !== group) continue;
      kilobytes += Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has just ended.
    }
  }
  return kilobytes * 1024;
}

async function paintOutside(lab: AttackLab) {
  const formulas = [
    'A bar: $\\rule{3000px}{20px}$ after it.',
    'To the left: $\\hspace{-336px}\\text{over the rail}$ after it.',
    'Up: $\\raisebox{500px}{over the turn above}$ after it.',
    '$$\\kern{-2000px}\\text{display}$$',
    'Wide: $\\hspace{5000px}x$ after it.',
    'Low: $\\rule[-900px]{20px}{20px}$ after it.',
  ];
  return withConversation(lab, [formulas.join('\n\n')], async (page) => {
    await page.locator('.katex').first().waitFor();
    const outside = await visibleOutside(page);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '*, *::before { overflow: visible !important; clip-path: none !important; contain: none !important; }',
      );
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    });
    const unclipped = await visibleOutside(page);
    return {
      attempt: finding(outside < 2, `${Math.round(outside)} px outside`),
      control: finding(unclipped > 100, `${Math.round(unclipped)} px outside`),
    };
  });
}

/** By how many pixels a formula paints outside its turn, after what its ancestors clip. */
const visibleOutside = (page: Page): Promise<number> =>
  page.evaluate(() => {
    let most = 0;
    for (const element of document.querySelectorAll('.katex .katex-html *')) {
      const turn = element.closest('article, [data-turn], li');
      if (!turn) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      let { left, right, top, bottom } = box;
      for (let parent = element.parentElement; parent && parent !== turn; parent = parent.parentElement) {
        const style = getComputedStyle(parent);
        const clip = parent.getBoundingClientRect();
        const painted = /paint|strict|content/.test(style.contain) || style.clipPath !== 'none';
        if (painted || style.overflowX !== 'visible')
          [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
        if (painted || style.overflowY !== 'visible')
          [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
      }
      if (left >= right || top >= bottom) continue;
      const around = turn.getBoundingClientRect();
      most = Math.max(
        most,
        around.left - left,
        right - around.right,
        around.top - top,
        bottom - around.bottom,
      );
    }
    return most;
  });

async function dishonestLink(lab: AttackLab) {
  const text =
    'See [https://bank.example/login](https://evil.example/login) and [honest.example](https://honest.example/).';
  return withConversation(lab, [text], async (page) => {
    const near = async (name: string) => {
      const link = page.getByRole('link', { name }).first();
      await link.waitFor();
      // The link and what stands right behind it.
      return link.evaluate(
        (element) =>
          `${element.textContent} ${element.nextElementSibling?.textContent ?? ''} ${element.nextSibling?.textContent ?? ''}`,
      );
    };
    const shown = await near('bank.example');
    const honest = await near('honest.example');
    return {
      attempt: finding(shown.includes('evil.example'), shown.slice(0, 80)),
      control: finding(honest.split('honest.example').length === 2, honest.slice(0, 80)),
    };
  });
}

async function beacons(lab: AttackLab) {
  const url = `http://evil.test:${lab.attacker.port}/beacon`;
  const texts = [
    `\`\`\`mermaid\ngraph TD\n  A["<img src='${url}1'>"] --> B\n  click B "${url}2"\n  style A fill:url(${url}3)\n  classDef x fill:url('${url}4')\n  class B x\n\`\`\``,
    `\`\`\`mermaid\n%%{init: {"themeCSS": "@import url(${url}5); * { background: url(${url}6) }", "securityLevel": "loose"}}%%\ngraph TD\n  A --> B\n\`\`\``,
    `\`\`\`mermaid\ngraph TD\n  A@{ img: "${url}7", label: "x" } --> B\n\`\`\``,
    `![a](${url}8) <img src="${url}9"> <link rel=stylesheet href="${url}10"> <style>@import url(${url}11)</style>`,
    `$\\includegraphics{${url}12}$ $\\href{${url}13}{x}$ $\\htmlStyle{background:url(${url}14)}{x}$`,
  ];
  const before = lab.attacker.hits.length;
  // One that is drawn, so that diagrams are known to be drawn here.
  texts.push('```mermaid\ngraph TD\n  A --> B\n```');
  return withConversation(
    lab,
    texts,
    async (page) => {
      for (const [n, text] of texts.entries()) await showTurn(page, n, text.startsWith('```mermaid') ? 1 : 0);
      const references = () =>
        page.evaluate(
          (beacon) =>
            [...document.querySelectorAll('svg *, style, image, img, link, iframe, object')].filter(
              (element) => {
                const values = [...element.attributes]
                  .filter(({ name }) => name !== 'alt' && name !== 'title')
                  // A diagram is an image, and its whole source is the address.
                  .map(({ value }) => (value.startsWith('data:') ? decodeURIComponent(value) : value));
                if (element.tagName.toLowerCase() === 'style') values.push(element.textContent ?? '');
                return values.some((value) => value.includes(beacon));
              },
            ).length,
          url,
        );
      const found = await references();
      const diagrams = await page.getByRole('img', { name: 'Diagram' }).count();
      const planted = lab.attacker.reached('beacon-planted');
      await page.evaluate((src) => {
        const image = new Image();
        image.src = src;
        document.body.append(image);
      }, `${url}-planted`);
      // Requests go out in order, so the others would have arrived by now.
      await within(CONTROL_MS, planted);
      const hits = lab.attacker.hits.slice(before).filter((hit) => !hit.includes('planted'));
      const foundPlanted = await references();
      return {
        attempt: every(
          [
            { of: 'requests', ...finding(hits.length === 0, hits.join(', ')) },
            { of: 'references', ...finding(found === 0, `${found} in the page`) },
          ],
          `no request, no reference in ${diagrams} diagrams and the rest`,
        ),
        control: finding(
          foundPlanted === found + 1 && diagrams > 0,
          `reached, ${foundPlanted - found} reference found`,
        ),
      };
    },
    { bypassCSP: true },
  );
}

type Vector = (script: string) => string;

/** HTML that runs a script by itself wherever it is inserted unchanged. */
const RUNNING: Vector[] = [
  (script) => `<script>${script}</script>`,
  (script) => `<img src=x onerror="${script}">`,
  (script) => `<iframe srcdoc="<script>${script}</script>"></iframe>`,
  (script) => `<details open ontoggle="${script}">x</details>`,
  (script) => `<svg><animate onbegin="${script}" attributeName=x dur=1s></svg>`,
  (script) => `<video><source onerror="${script}"></video>`,
];

/** What runs a script once it is clicked, or only where a sanitizer takes it for something else. */
const OTHERS: Vector[] = [
  (script) => `<svg onload="${script}"></svg>`,
  (script) => `<input autofocus onfocus="${script}">`,
  (script) =>
    `[click](javascript:${script}) [click](data:text/html,<script>${script}</script>) [click](vbscript:x)`,
  (script) => `![x](javascript:${script})`,
  (script) => `<math><mtext><style><img src=x onerror="${script}"></style></mtext></math>`,
  (script) => `$\\href{javascript:${script}}{x}$ $\\htmlData{x="><img src=x onerror=${script}>}{x}$`,
  (script) => `<a href="jav&#x09;ascript:${script}">x</a>`,
  (script) => `[x]: javascript:${script}\n\n[click][x] <javascript:${script}>`,
  () => `<base href="http://evil.test/"><form action="http://evil.test"><button>x</button></form>`,
  (script) =>
    `\`\`\`mermaid\ngraph TD\n  A["<img src=x onerror='${script}'>"] --> B\n  click A call ${script}\n  click B "javascript:${script}"\n\`\`\``,
];

async function inject(lab: AttackLab) {
  const ran: number[] = [];
  const controlRan = Promise.withResolvers<void>();
  // A script that says which vector ran it: from the page itself and from a frame in it.
  const script = (vector: number) => `parent.attackRan(${vector})`;
  const vectors = [...RUNNING, ...OTHERS].map((vector, n) => vector(script(100 + n)));
  const control = RUNNING.map((vector, n) => vector(script(n)));
  const controls = () => control.filter((_, n) => ran.includes(n)).length;
  const note = (vector: number) => {
    ran.push(vector);
    if (controls() === control.length) controlRan.resolve();
  };
  return withConversation(
    lab,
    [vectors.join('\n\n')],
    async (page) => {
      await showTurn(page, 0, 1);
      const links = await page
        .locator('a[href^="javascript" i], a[href^="data" i], a[href^="vbscript" i]')
        .count();
      // The same HTML in an element of the same page, after the reply: events come in order.
      await page.evaluate((html) => {
        const box = document.createElement('div');
        document.body.append(box);
        box.append(document.createRange().createContextualFragment(html));
      }, control.join(''));
      await within(CONTROL_MS, controlRan.promise);
      const attempted = new Set(ran.filter((vector) => vector >= 100));
      return {
        attempt: finding(
          attempted.size === 0 && links === 0,
          `${attempted.size} of ${vectors.length} vectors ran, ${links} script links`,
        ),
        control: finding(
          controls() === control.length,
          `${controls()} of ${control.length} ran${control.map((html, n) => (ran.includes(n) ? '' : `, not ${html}`)).join('')}`,
        ),
      };
    },
    { bypassCSP: true, before: (page) => page.exposeFunction('attackRan', note) },
  );
}
