import { must } from '../../support/run-checks';
import type { BrowserCheck } from '../browser-check';
import type { Visit } from '../browser-lab';

const FORMULA = 'Inline $a^2+b^2=c^2$, and displayed:\n\n$$\n\\int_0^1 x^2 \\, dx = \\frac{1}{3}\n$$';
const DIAGRAM = '```mermaid\ngraph TD\n  A[Ask] --> B{Known?}\n  B -->|yes| C[Answer]\n```';
const CODE = '```js\nconst answer = 6 * 7; // the same in every browser\nreturn answer + 1;\n```';

/** One visit: each step goes on from where the one before has left the page. */
export const walk: BrowserCheck[] = [
  {
    name: 'send',
    promise: 'a message typed key by key is sent with Enter and gets its reply',
    async run({ page }) {
      await page.open();
      await page.send('Hello, browser');
      await page.until('the reply', () => document.body.innerText.includes('echo: Hello, browser'));
      await page.see({ role: 'button', name: 'Regenerate' });
      return (await page.reply()).split('\n')[0] ?? '';
    },
  },
  {
    name: 'stream',
    promise: 'the reply grows on the page while the model still writes',
    async run(visit) {
      await hold(visit, 'a story');
      await visit.page.see({ role: 'button', name: 'Stop' });
      const early = await visit.page.reply();
      must(!early.includes('part4'), `shown before it was written: ${early}`);
      visit.fake.release();
      await visit.page.until('the end of the reply', () => document.body.innerText.includes('part5 a story'));
      await visit.page.see({ role: 'button', name: 'Send' });
      return `“${early.trim()}” while three of five parts were written`;
    },
  },
  {
    name: 'stop',
    promise: 'Stop ends the reply and keeps the text so far',
    async run(visit) {
      await hold(visit, 'a story to stop');
      await visit.page.click({ role: 'button', name: 'Stop' });
      await visit.page.until('the note', () => document.body.innerText.includes('You stopped this reply.'));
      const reply = await visit.page.reply();
      must(/part1 part2 part3(?! part4)/.test(reply), reply);
      return reply.replace(/\s+/g, ' ').trim();
    },
  },
  {
    name: 'switch',
    promise: 'a reply goes on while another assistant is on screen',
    async run(visit) {
      const { page } = visit;
      await hold(visit, 'a story meanwhile');
      await page.click({ role: 'tab', name: 'Teacher…' });
      await page.until('an empty conversation', () => document.querySelector('article') === null);
      visit.fake.release();
      await page.click({ role: 'tab', name: 'Assistant…' });
      await page.until('the whole reply', () => document.body.innerText.includes('part5 a story meanwhile'));
      return 'the other conversation was empty, and the reply whole on return';
    },
  },
  {
    name: 'reload',
    promise: 'a reload in the middle of a reply shows the conversation and follows the reply',
    async run(visit) {
      const { page } = visit;
      await hold(visit, 'a story across a reload');
      await page.open();
      await page.until('the text so far', () => document.body.innerText.includes('part1 part2 part3'));
      visit.fake.release();
      await page.until('the whole reply', () =>
        document.body.innerText.includes('part5 a story across a reload'),
      );
      await page.see({ role: 'button', name: 'Regenerate' });
      const turns = await page.run(() => document.querySelectorAll('article').length);
      must(turns === 5, `${turns} turns`);
      return `${turns} turns and the rest of the reply`;
    },
  },
  {
    name: 'formula',
    promise: 'formulas are set, in a line and displayed, in their own fonts',
    async run({ page }) {
      await page.ask(`[[say]] ${FORMULA}`);
      await page.until('two formulas', () => {
        const turn = [...document.querySelectorAll('article')].at(-1);
        return turn?.querySelectorAll('.katex').length === 2 && turn.querySelector('.katex-display') !== null;
      });
      await page.until('the fonts', () =>
        [...document.fonts].some(({ family, status }) => family.includes('KaTeX') && status === 'loaded'),
      );
      const { inline, display } = await page.run(() => {
        const heightOf = (isDisplayed: boolean) =>
          [...document.querySelectorAll('.katex')]
            .findLast((formula) => (formula.closest('.katex-display') !== null) === isDisplayed)
            ?.getBoundingClientRect().height ?? 0;
        return { inline: heightOf(false), display: heightOf(true) };
      });
      must(inline > 10 && inline < 40 && display > 30 && display < 90, `${inline} px and ${display} px`);
      return `${Math.round(inline)} px in the line, ${Math.round(display)} px displayed`;
    },
  },
  {
    name: 'diagram',
    promise: 'a diagram is drawn',
    async run({ page }) {
      await page.ask(`[[say]] ${DIAGRAM}`);
      await page.until('a drawing', () => {
        const turn = [...document.querySelectorAll('article')].at(-1);
        return [...(turn?.querySelectorAll('[data-speech=reply] :is(svg, img, iframe)') ?? [])].some(
          (drawing) => {
            const { width, height } = drawing.getBoundingClientRect();
            return width > 60 && height > 60;
          },
        );
      });
      const text = await page.reply();
      must(!/can’t be drawn|couldn’t be drawn/.test(text), text);
      return 'drawn';
    },
  },
  {
    name: 'code',
    promise: 'code is coloured, and its button copies it',
    async run({ page }) {
      await page.ask(`[[say]] ${CODE}`);
      await page.until('colours', () => {
        const code = [...document.querySelectorAll('article')].at(-1)?.querySelector('pre code');
        const elements = code?.querySelectorAll('span') ?? [];
        return new Set([...elements].map((element) => getComputedStyle(element).color)).size > 1;
      });
      await page.click({ role: 'button', name: 'Copy', within: 'article figure' });
      await page.see({ role: 'button', name: 'Copied', within: 'article figure' });
      return 'several colours; the button says “Copied”';
    },
  },
  {
    name: 'menu',
    promise: 'the list of conversations opens, and Escape closes it and returns the focus',
    async run({ page }) {
      await page.click({ role: 'button', name: 'Conversations' });
      await page.see({ role: 'dialog' });
      await page.until('a row', () => document.querySelector('dialog[open] li') !== null);
      await page.press('Escape');
      await page.seeNo({ role: 'dialog' });
      await page.until(
        'the focus on its button',
        () => document.activeElement?.getAttribute('aria-label') === 'Conversations',
      );
      return 'opened, closed';
    },
  },
  {
    name: 'palette',
    promise: 'Control and K open the palette, which finds and opens an assistant',
    async run({ page }) {
      await page.press('Control', 'k');
      await page.until(
        'the focus in its field',
        () => document.activeElement?.getAttribute('role') === 'combobox',
      );
      await page.type('teach');
      await page.until('the assistant first', () =>
        (document.querySelector('[role=option]')?.textContent ?? '').includes('Teacher'),
      );
      await page.press('Enter');
      await page.until('the assistant', () => document.querySelector('h1')?.textContent === 'Teacher');
      await page.click({ role: 'tab', name: 'Assistant…' });
      await page.see({ role: 'article' });
      return 'Teacher';
    },
  },
  {
    name: 'images',
    promise: 'a dropped image is scaled, uploaded, sent and shown',
    async run({ page, fake }) {
      await page.run(dropImage);
      await page.see({ role: 'button', name: 'Remove image 1' });
      await page.ask('What is this?');
      await page.until('the image in the conversation', () => {
        const image = [...document.querySelectorAll('article')].at(-1)?.querySelector('img');
        return (image?.naturalWidth ?? 0) > 0;
      });
      const [request] = await fake.received('What is this?');
      const sent = JSON.stringify(request?.messages.at(-1)?.content ?? null);
      const type = /data:(image\/\w+);base64,/.exec(sent)?.[1];
      must(type !== undefined, 'the model received no image');
      const [width, height] = await page.run(() => {
        const image = [...document.querySelectorAll('article')].at(-1)?.querySelector('img');
        return [image?.naturalWidth ?? 0, image?.naturalHeight ?? 0];
      });
      must(Math.max(width ?? 0, height ?? 0) === 2048, `${width} × ${height}`);
      return `${type}, scaled to ${width} × ${height}`;
    },
  },
  {
    name: 'scroll-pinned',
    promise: 'the end stays in view while text arrives, unless the reader has scrolled up',
    async run({ page, fake }) {
      await page.fill('[[lines]] many lines');
      await page.press('Enter');
      await fake.received('many lines');
      fake.release({ contains: 'many lines', count: 40 });
      await page.until('40 lines', () => document.body.innerText.includes('line 40'));
      await page.until('the end in view', isAtEnd);
      const middle = await page.run(() => ({
        x: Math.round(innerWidth * 0.6),
        y: Math.round(innerHeight / 2),
      }));
      await page.driver.wheel(middle, -400);
      await page.see({ role: 'button', name: 'Jump to latest' });
      const before = await page.run(topOfConversation);
      fake.release({ contains: 'many lines', count: 40 });
      await page.until('80 lines', () => document.body.textContent?.includes('line 80') ?? false);
      const after = await page.run(topOfConversation);
      must(Math.abs(after - before) <= 1, `scrolled from ${before} to ${after}`);
      await page.run(() =>
        [...document.querySelectorAll('button')]
          .find((button) => /latest/i.test(button.getAttribute('aria-label') ?? button.textContent ?? ''))
          ?.click(),
      );
      await page.until('the end in view', isAtEnd);
      fake.release({ contains: 'many lines' });
      await page.until('120 lines', () => document.body.innerText.includes('line 120'));
      await page.until('the end in view', isAtEnd);
      return `at the end after 40 lines; at ${before} px before and after 40 more; at the end again`;
    },
  },
];

/** Asks for a reply, of which three of five parts have been written and shown. */
async function hold({ page, fake }: Visit, text: string): Promise<void> {
  await page.fill(`[[hold]] ${text}`);
  await page.press('Enter');
  await fake.received(text);
  fake.release({ contains: text, count: 3 });
  await page.until('three parts', () => {
    const replies = document.querySelectorAll<HTMLElement>('[data-speech=reply]');
    return replies[replies.length - 1]?.innerText.includes('part1 part2 part3') ?? false;
  });
}

/** Drops a photo that is larger than models need. */
async function dropImage(): Promise<void> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2400, 1600];
  const context = canvas.getContext('2d');
  for (let n = 0; context && n < 24; n += 1) {
    context.fillStyle = `hsl(${n * 15} 70% 50%)`;
    context.fillRect(n * 100, 0, 100, 1600);
  }
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'));
  const files = new DataTransfer();
  files.items.add(new File([blob ?? ''], 'stripes.jpg', { type: 'image/jpeg' }));
  document
    .querySelector('main')
    ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }));
}

function isAtEnd(): boolean {
  const region = document.querySelector(
    '[role=region][aria-label^="Conversation with"], section[aria-label^="Conversation with"]',
  );
  return !!region && region.scrollHeight - region.clientHeight - region.scrollTop <= 4;
}

function topOfConversation(): number {
  const region = document.querySelector(
    '[role=region][aria-label^="Conversation with"], section[aria-label^="Conversation with"]',
  );
  return Math.round(region?.scrollTop ?? -1);
}
