import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LabPage, openLabPage } from './harness-page';

let lab: LabPage;
beforeAll(async () => {
  lab = await openLabPage();
});
afterAll(() => lab?.close());
beforeEach(() => lab.page.evaluate(() => window.lab.clear()));

const SETTLED =
  '# Title\n\nA paragraph with **weight**.\n\n- one\n- two\n\n| a | b |\n| - | - |\n| c | d |\n\n';

describe('a reply that streams, in Chromium', () => {
  it('parses no settled block again, and no other reply', async () => {
    const parsed = await lab.page.evaluate((settled) => {
      window.lab.show({ other: settled, one: `${settled}T` }, true);
      window.lab.parses();
      const words = 'The last paragraph grows word by word until it is long.'.split(' ');
      let text = settled;
      for (const word of words) {
        text += `${word} `;
        window.lab.show({ other: settled, one: text }, true);
      }
      return window.lab.parses();
    }, SETTLED);
    expect(parsed).toHaveLength(11);
    expect(parsed.every((text) => text.startsWith('The'))).toBe(true);
  });

  it('parses a block once more when it settles, and never after', async () => {
    const parsed = await lab.page.evaluate(() => {
      window.lab.show({ one: 'first *bl' }, true);
      window.lab.show({ one: 'first *block*\n\nsecond' }, true);
      window.lab.parses();
      window.lab.show({ one: 'first *block*\n\nsecond block' }, true);
      window.lab.show({ one: 'first *block*\n\nsecond block' }, false);
      return window.lab.parses();
    });
    expect(parsed).toEqual(['second block']);
  });

  it('parses nothing while a fence grows', async () => {
    const parsed = await lab.page.evaluate(() => {
      window.lab.show({ one: 'a\n\n```js\n' }, true);
      window.lab.parses();
      for (let n = 0; n < 50; n += 1) window.lab.show({ one: `a\n\n\`\`\`js\n${'line\n'.repeat(n)}` }, true);
      return window.lab.parses();
    });
    expect(parsed).toEqual([]);
  });

  it('replaces no node: a selection survives the words that follow, and the end of a fence', async () => {
    const selected = await lab.page.evaluate(async () => {
      const text = 'Strings **of weight** here.\n\n```js\nconst one = 1;\n';
      window.lab.show({ one: text }, true);
      const from = document.querySelector('strong')?.firstChild;
      const to = document.querySelector('code span')?.firstChild;
      if (!from || !to) throw new Error('not there');
      getSelection()?.setBaseAndExtent(from, 3, to, 9);
      const before = String(getSelection());
      await new Promise((resolve) => document.addEventListener('selectionchange', resolve, { once: true }));
      window.lab.show({ one: `${text}const two = 2;\n\`\`\`\n\nAnd more words.` }, true);
      window.lab.show({ one: `${text}const two = 2;\n\`\`\`\n\nAnd more words.` }, false);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return { before, after: String(getSelection()), kept: from.isConnected && to.isConnected };
    });
    expect(selected.kept).toBe(true);
    expect(selected.after).toBe(selected.before);
    expect(selected.after).toContain('weight here.');
  });
});

describe('twice the text takes about twice the time', () => {
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
    const session = await lab.page.context().newCDPSession(lab.page);
    // The processor's time, not the clock's: other programs have a share of that.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taskSeconds = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.find(({ name: metric }) => metric === 'TaskDuration')?.value ?? Number.NaN;
    };
    const time = async (length: number) => {
      const before = await taskSeconds();
      await lab.page.evaluate((text) => window.lab.stream(text, 60, 4), of(length));
      return ((await taskSeconds()) - before) * 1000;
    };
    await time(10_000);
    // The quickest of a few runs is the cost; what is above it is the garbage collector's mood.
    const once: number[] = [];
    const twice: number[] = [];
    for (let run = 0; run < 4; run += 1) {
      once.push(await time(20_000));
      twice.push(await time(40_000));
    }
    const ratio = Math.min(...twice) / Math.min(...once);
    console.info(
      `${name}: 40 kB / 20 kB = ${ratio.toFixed(2)}, 20 kB in ${Math.min(...once).toFixed(0)} ms for four`,
    );
    expect(Math.min(...once)).toBeGreaterThan(5);
    expect(ratio).toBeLessThanOrEqual(2.4);
  });
});
