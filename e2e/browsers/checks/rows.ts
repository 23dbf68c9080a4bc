import { must } from '../../support/run-checks';
import type { BrowserCheck } from '../browser-check';

const MARKS = [
  '**注意：**正文',
  '**“中文”**后',
  '1~2，3~5 和 10~20',
  '见 https://example.com/a。然后',
  'https://example.com/b（括号）',
  '5$/10$ 的 $HOME/bin:$PATH',
].join('\n\n');

const RTL_TABLE = '| الاسم | العدد |\n| --- | --- |\n| أحمد محمود عبد الرحمن | 5 |\n| سارة | 12 |';

/** Differences between engines, each of which once caused a fault. They continue the conversation of the walk. */
export const rows: BrowserCheck[] = [
  {
    name: 'still',
    promise: 'the skip link moves the focus and nothing else; the document never scrolls',
    async run({ page }) {
      await page.run(() => document.querySelector<HTMLElement>('a[href="#composer"]')?.focus());
      await page.press('Enter');
      await page.until('the focus in the box', () => document.activeElement?.id === 'composer');
      const [top, height, window] = await page.run(() => [
        document.scrollingElement?.scrollTop ?? -1,
        document.documentElement.scrollHeight,
        innerHeight,
      ]);
      must(top === 0 && height === window, `scrolled by ${top}, ${height} px high in ${window} px`);
      return `a document of ${height} px in a window of ${window} px`;
    },
  },
  {
    name: 'marks',
    promise: 'emphasis, links, tildes and dollars in Chinese text are read as they are meant',
    async run({ page }) {
      await page.ask(`[[say]] ${MARKS}`);
      const seen = await page.run(() => {
        const reply = [...document.querySelectorAll('article [data-speech=reply]')].at(-1);
        return {
          bold: [...(reply?.querySelectorAll('strong') ?? [])].map(({ textContent }) => textContent),
          links: [...(reply?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href')),
          struck: reply?.querySelectorAll('del').length,
          formulas: reply?.querySelectorAll('.katex').length,
          text: reply?.textContent ?? '',
        };
      });
      const isRight =
        JSON.stringify(seen.bold) === '["注意：","“中文”"]' &&
        JSON.stringify(seen.links) === '["https://example.com/a","https://example.com/b"]' &&
        seen.struck === 0 &&
        seen.formulas === 0 &&
        ['1~2，3~5', '5$/10$', '$HOME/bin:$PATH'].every((part) => seen.text.includes(part));
      must(isRight, JSON.stringify(seen));
      return `bold ${seen.bold.join(' ')}, links ${seen.links.join(' ')}`;
    },
  },
  {
    name: 'own-lines',
    promise: 'a line of one’s own message that fits is not broken',
    async run({ page }) {
      await page.ask('One line.\nA second line, which is a little longer.\nThree.');
      const lines = await page.run(() => {
        const bubble = [...document.querySelectorAll('article [data-speech=user] [dir=auto]')].findLast(
          (one) => one.textContent?.startsWith('One line.'),
        );
        if (!bubble) return 0;
        const { lineHeight, paddingTop, paddingBottom } = getComputedStyle(bubble);
        const height = bubble.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
        return Math.round(height / Number.parseFloat(lineHeight));
      });
      must(lines === 3, `${lines} lines`);
      return `${lines} lines`;
    },
  },
  {
    name: 'copy',
    promise: 'a copied selection has each formula once, as TeX',
    async run({ page }) {
      await page.ask('[[say]] The area is $A=\\pi r^2$, and the rest is text.');
      await page.until('the formula', () => document.querySelectorAll('article .katex').length > 0);
      await page.run(() => {
        const paragraph = [...document.querySelectorAll('article [data-speech=reply] p')].findLast((one) =>
          one.textContent?.startsWith('The area'),
        );
        if (paragraph) getSelection()?.selectAllChildren(paragraph);
        addEventListener('copy', ({ clipboardData }) => {
          document.body.dataset.copied = clipboardData?.getData('text/plain') ?? '';
        });
      });
      await page.press('Control', 'c');
      await page.until('a copy event', () => document.body.dataset.copied !== undefined);
      const copied = await page.run(() => {
        const text = document.body.dataset.copied ?? '';
        delete document.body.dataset.copied;
        getSelection()?.removeAllRanges();
        return text;
      });
      must(/^The area is \$?A=\\pi r\^2\$?, and the rest is text\.\s*$/.test(copied), JSON.stringify(copied));
      return JSON.stringify(copied);
    },
  },
  {
    name: 'selection',
    promise: 'a selection stays while the reply goes on, also when bold text begins after it',
    async run({ page, fake }) {
      await page.fill('[[hold-marks]] a selection');
      await page.press('Enter');
      await fake.received('a selection');
      fake.release({ contains: 'a selection', count: 3 });
      await page.until('the first words', () => document.body.innerText.includes('one two three'));
      await page.run(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const at = node.textContent?.indexOf('one two') ?? -1;
          if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + 7);
        }
      });
      fake.release({ contains: 'a selection' });
      await page.see({ role: 'button', name: 'Send' });
      const selected = await page.run(() => getSelection()?.toString() ?? '');
      must(selected === 'one two', `selected: “${selected}”`);
      await page.run(() => getSelection()?.removeAllRanges());
      return `“${selected}”`;
    },
  },
  {
    name: 'translated',
    promise: 'a reply streams in whole on a page whose text a translator has wrapped',
    async run({ page, fake }) {
      await page.fill('[[hold-marks]] a translation');
      await page.press('Enter');
      await fake.received('a translation');
      fake.release({ contains: 'a translation', count: 3 });
      await page.until('the first words', () => document.body.innerText.includes('one two three'));
      await page.run(wrapAsTranslatorsDo);
      fake.release({ contains: 'a translation' });
      await page.see({ role: 'button', name: 'Send' });
      await page.until('the last words', () =>
        ([...document.querySelectorAll('article')].at(-1)?.textContent ?? '').includes('five six'),
      );
      const text = await page.run(() => {
        const paragraphs = [...document.querySelectorAll('article [data-speech=reply] p')];
        return paragraphs.at(-1)?.textContent ?? '';
      });
      must(text === 'one two three four five six', text);
      await page.open();
      await page.see({ role: 'article' });
      return text;
    },
  },
  {
    name: 'versions',
    promise: 'the switch between versions of a reply stays under the finger',
    async run({ page }) {
      await page.ask(`[[say]] ${'A first version of many lines.\n\n'.repeat(30)}`);
      await page.click({ role: 'button', name: 'Regenerate', within: 'article' });
      await page.see({ role: 'button', name: 'Previous version' });
      await page.until(
        'the end of the reply',
        () => document.querySelector('article:last-of-type button[aria-label=Regenerate]') !== null,
      );
      const before = await page.run(topOfSwitch);
      await page.click({ role: 'button', name: 'Previous version', within: 'article' });
      await page.until(
        'the first version',
        (name) => {
          const buttons = [...document.querySelectorAll<HTMLButtonElement>(`button[aria-label="${name}"]`)];
          return buttons.at(-1)?.disabled === true;
        },
        'Previous version',
      );
      const after = await page.run(topOfSwitch);
      must(Math.abs(after - before) <= 2, `moved from ${before} to ${after} px`);
      return `at ${before} px before, at ${after} px after`;
    },
  },
  {
    name: 'find',
    promise: 'the find bar finds and marks words',
    async run({ page }) {
      await page.press('Control', 'Shift', 'F');
      await page.until('its field', () => document.activeElement?.closest('search') !== null);
      await page.type('many lines');
      await page.until('matches', () =>
        /\d+ of \d+/.test(document.querySelector('search')?.textContent ?? ''),
      );
      await page.until('the mark', () => (CSS.highlights.get('find-current')?.size ?? 0) > 0);
      const status = await page.run(
        () => /\d+ of \d+/.exec(document.querySelector('search')?.textContent ?? '')?.[0],
      );
      await page.press('Escape');
      return String(status);
    },
  },
  {
    name: 'composer',
    promise: 'the message box grows with its lines and shrinks again',
    async run({ page }) {
      await page.fill('');
      const heights = [await page.run(heightOfBox)];
      await page.fill('one\ntwo\nthree\nfour\nfive');
      await page.until(
        'more lines',
        (least) => (document.querySelector('#composer')?.clientHeight ?? 0) > least * 2,
        heights[0] ?? 0,
      );
      heights.push(await page.run(heightOfBox));
      await page.fill('');
      await page.until(
        'one line',
        (height) => document.querySelector('#composer')?.clientHeight === height,
        heights[0] ?? 0,
      );
      return `${heights.join(' px, then ')} px`;
    },
  },
  {
    name: 'rtl-table',
    promise: 'in a table written from right to left, numbers stand on the right like the words',
    async run({ page }) {
      await page.ask(`[[say]] ${RTL_TABLE}`);
      const gaps = await page.run(() => {
        const table = [...document.querySelectorAll('article table')].at(-1);
        return [...(table?.querySelectorAll('td') ?? [])].map((cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          const [text, box] = [range.getBoundingClientRect(), cell.getBoundingClientRect()];
          const { paddingLeft, paddingRight } = getComputedStyle(cell);
          return {
            text: cell.textContent,
            left: Math.round(text.left - box.left - Number.parseFloat(paddingLeft)),
            right: Math.round(box.right - text.right - Number.parseFloat(paddingRight)),
          };
        });
      });
      must(gaps.length === 4 && gaps.every(({ right }) => Math.abs(right) <= 1), JSON.stringify(gaps));
      return gaps.map(({ text, left }) => `${text}: ${left} px on its left`).join(', ');
    },
  },
  {
    name: 'zoomed',
    promise: 'at 400 % zoom (320 × 256 px) the conversation has room, and nothing leaves the window',
    async run({ page }) {
      await page.driver.resize(320, 256);
      try {
        await page.until('a small window', () => innerWidth <= 460);
        const seen = await page.run(() => {
          const region = document.querySelector('section[data-window]')?.getBoundingClientRect();
          const box = document.querySelector('#composer')?.getBoundingClientRect();
          return {
            window: [innerWidth, innerHeight],
            conversation: Math.round(
              Math.min(region?.bottom ?? 0, innerHeight) - Math.max(region?.top ?? 0, 0),
            ),
            composerEnd: Math.round(box?.bottom ?? 0),
            documentHeight: document.documentElement.scrollHeight,
            documentWidth: document.documentElement.scrollWidth,
          };
        });
        const [width = 0, height = 0] = seen.window;
        const isRight =
          seen.conversation >= height * 0.4 &&
          seen.composerEnd <= height &&
          seen.documentHeight === height &&
          seen.documentWidth === width;
        must(isRight, JSON.stringify(seen));
        return `${seen.conversation} of ${height} px for the conversation`;
      } finally {
        await page.driver.resize(1280, 800);
      }
    },
  },
  {
    name: 'no-cookies',
    promise: 'with cookies blocked, the page says so before the first message, and sends none',
    cookies: 'blocked',
    async run({ page, fake }) {
      await page.until('the warning', () =>
        document.body.innerText.includes('isn’t keeping this site’s cookie'),
      );
      await page.fill('Words that stay');
      await page.press('Enter');
      await page.click({ role: 'button', name: 'Send' });
      await page.click({ role: 'tab', name: 'Teacher…' });
      await page.click({ role: 'tab', name: 'Assistant…' });
      const { draft, text } = await page.run(() => ({
        draft: document.querySelector<HTMLTextAreaElement>('#composer')?.value ?? '',
        text: document.body.innerText,
      }));
      must(draft === 'Words that stay', `the message box has “${draft}”`);
      must(fake.requests.length === 0, 'the message was sent');
      must(!/Sending…|kept forever|kept until/.test(text), text);
      return text.split('\n').find((line) => line.includes('cookie')) ?? '';
    },
  },
];

function wrapAsTranslatorsDo(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (
      node instanceof Text &&
      node.data.trim() !== '' &&
      !node.parentElement?.closest('[translate=no], script, style')
    )
      texts.push(node);
  for (const text of texts) {
    const font = document.createElement('font');
    text.replaceWith(font);
    font.append(text.cloneNode());
  }
}

function topOfSwitch(): number {
  const buttons = document.querySelectorAll('button[aria-label="Previous version"]');
  return Math.round(buttons[buttons.length - 1]?.getBoundingClientRect().top ?? -1);
}

function heightOfBox(): number {
  return document.querySelector('#composer')?.clientHeight ?? 0;
}
