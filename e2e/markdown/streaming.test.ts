import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HarnessPage, openHarnessPage } from './harness-page';

let harness: HarnessPage;
beforeAll(async () => {
  harness = await openHarnessPage();
});
afterAll(() => harness?.close());
beforeEach(() => harness.page.evaluate(() => window.harness.clear()));

const SETTLED =
  '# Title\n\nA paragraph with **weight**.\n\n- one\n- two\n\n| a | b |\n| - | - |\n| c | d |\n\n';

describe('a streaming reply, in Chromium', () => {
  it('parses no settled block and no other reply again', async () => {
    const parsed = await harness.page.evaluate((settled) => {
      window.harness.show({ other: settled, one: `${settled}T` }, true);
      window.harness.parses();
      const words = 'The last paragraph grows word by word until it is long.'.split(' ');
      let text = settled;
      for (const word of words) {
        text += `${word} `;
        window.harness.show({ other: settled, one: text }, true);
      }
      return window.harness.parses();
    }, SETTLED);
    expect(parsed).toHaveLength(11);
    expect(parsed.every((text) => text.startsWith('The'))).toBe(true);
  });

  it('parses a block once more when it settles, and never again', async () => {
    const parsed = await harness.page.evaluate(() => {
      window.harness.show({ one: 'first *bl' }, true);
      window.harness.show({ one: 'first *block*\n\nsecond' }, true);
      window.harness.parses();
      window.harness.show({ one: 'first *block*\n\nsecond block' }, true);
      window.harness.show({ one: 'first *block*\n\nsecond block' }, false);
      return window.harness.parses();
    });
    expect(parsed).toEqual(['second block']);
  });

  it('parses nothing while a code fence grows', async () => {
    const parsed = await harness.page.evaluate(() => {
      window.harness.show({ one: 'a\n\n```js\n' }, true);
      window.harness.parses();
      for (let n = 0; n < 50; n += 1)
        window.harness.show({ one: `a\n\n\`\`\`js\n${'line\n'.repeat(n)}` }, true);
      return window.harness.parses();
    });
    expect(parsed).toEqual([]);
  });

  it('keeps a selection in the line of code that is being written', async () => {
    const selected = await harness.page.evaluate(async () => {
      const text = '```js\nconst one = 1;\nlet two';
      window.harness.show({ one: text }, true);
      const line = document.querySelector('code')?.lastChild;
      if (!line) throw new Error('The reply was not rendered.');
      getSelection()?.setBaseAndExtent(line, 0, line, 3);
      await new Promise((resolve) => document.addEventListener('selectionchange', resolve, { once: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      for (const more of [' = 2;\n', ' = 2;\nlet three;\nlet four', ' = 2;\nlet three;\nlet four\n```\n'])
        window.harness.show({ one: text + more }, true);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const kept = { text: String(getSelection()), isConnected: line.isConnected };
      getSelection()?.removeAllRanges();
      await new Promise((resolve) => document.addEventListener('selectionchange', resolve, { once: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return { ...kept, colours: document.querySelectorAll('code span').length };
    });
    expect(selected).toEqual({ text: 'let', isConnected: true, colours: 6 });
  });

  it('keeps a selection while more text arrives and a fence closes, because no node is replaced', async () => {
    const selected = await harness.page.evaluate(async () => {
      const text = 'Words **of weight** here.\n\n```js\nconst one = 1;\nlet ';
      window.harness.show({ one: text }, true);
      const from = document.querySelector('strong')?.firstChild;
      const to = document.querySelector('code span')?.firstChild;
      if (!from || !to) throw new Error('The reply was not rendered.');
      getSelection()?.setBaseAndExtent(from, 3, to, 4);
      const before = String(getSelection());
      await new Promise((resolve) => document.addEventListener('selectionchange', resolve, { once: true }));
      window.harness.show({ one: `${text}two = 2;\n\`\`\`\n\nAnd more words.` }, true);
      window.harness.show({ one: `${text}two = 2;\n\`\`\`\n\nAnd more words.` }, false);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return { before, after: String(getSelection()), kept: from.isConnected && to.isConnected };
    });
    expect(selected.kept).toBe(true);
    expect(selected.after).toBe(selected.before);
    expect(selected.after).toContain('weight here.');
  });
});

describe('a selection in the last paragraph stays', () => {
  const long = 'Words go on and on. '.repeat(40);
  it.each<[string, string, string]>([
    ['when strong text begins', 'Select these words, then ', '**more** of'],
    ['when a formula begins', 'Select these words, then ', '$x^2$ of'],
    ['when code begins', 'Select these words, then ', '`more` of'],
    ['when a line ends', 'Select these words, then ', '\nmore of'],
    ['when a link begins', 'Select these words, then ', '[more](https://e.org) of'],
    ['in an item', '- Select these words, then ', '**more**\n- of'],
    ['in an item, when the list becomes loose', '- Select these words', '\n\n- more'],
    ['in strong text', '**Select these words, then ', '*more* of**'],
    ['when the paragraph is cut into pieces', 'Select these words, then ', long],
    ['when it becomes a heading', 'Select these words', '\n===\n\nmore'],
  ])('%s', async (_, before, after) => {
    const selected = await harness.page.evaluate(
      async ([first, second]) => {
        window.harness.show({ one: first }, true);
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        let node = texts.nextNode();
        while (node && !node.nodeValue?.includes('these')) node = texts.nextNode();
        if (!node) throw new Error('The reply was not rendered.');
        const at = node.nodeValue?.indexOf('these') ?? 0;
        const noticed = new Promise((resolve) =>
          document.addEventListener('selectionchange', resolve, { once: true }),
        );
        getSelection()?.setBaseAndExtent(node, at + 5, node, at);
        await noticed;
        for (let end = 1; end <= second.length; end += 1)
          window.harness.show({ one: first + second.slice(0, end) }, true);
        window.harness.show({ one: first + second }, false);
        return String(getSelection());
      },
      [before, after] as const,
    );
    expect(selected).toBe('these');
  });
});

describe('four times the text takes about four times the time to stream', () => {
  const prose = 'The quick brown fox jumps over the lazy dog and never looks back. ';
  it.each<[string, string, string]>([
    ['one fence', '```js\n', 'const value = compute(12, "text"); // why\n'],
    ['one paragraph', '', prose],
    ['a paragraph of Chinese', '', '敏捷的棕色狐狸跳过了懒狗，再也没有回头看一眼。'],
    [
      'a reply of paragraphs, fences and lists',
      '',
      `## Title\n\n${prose}${prose}\n\n- one\n- **two**\n\n\`\`\`js\nlet a = 1;\n\`\`\`\n\n`,
    ],
  ])('%s', { timeout: 120_000 }, async (name, head, body) => {
    const of = (length: number) => head + body.repeat(Math.ceil(length / body.length)).slice(0, length);
    const session = await harness.page.context().newCDPSession(harness.page);
    // CPU time, because wall-clock time includes other programs.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taskSeconds = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name: metric }) => metric === 'TaskDuration')?.value ?? Number.NaN;
    };
    const time = async (length: number) => {
      const before = await taskSeconds();
      await harness.page.evaluate((text) => window.harness.stream(text, 60, 4), of(length));
      return ((await taskSeconds()) - before) * 1000;
    };
    await time(10_000);
    // The fastest of a few runs is the cost; slower runs include garbage collection.
    const once: number[] = [];
    const fourTimes: number[] = [];
    for (let run = 0; run < 4; run += 1) {
      once.push(await time(10_000));
      fourTimes.push(await time(40_000));
    }
    const ratio = Math.min(...fourTimes) / Math.min(...once);
    console.info(
      `${name}: 40 kB / 10 kB = ${ratio.toFixed(2)}, 10 kB in ${Math.min(...once).toFixed(0)} ms for four`,
    );
    expect(Math.min(...once)).toBeGreaterThan(5);
    // A quadratic cost would be 16 times. 2.4 for each doubling: garbage collection grows with the page.
    expect(ratio).toBeLessThanOrEqual(2.4 ** 2);
  });
});
