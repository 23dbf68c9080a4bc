import { expect, test } from '../../support/fixtures';

test.beforeEach(({ fake }) => fake.reset());

test('on a page that the browser translates, a streaming reply loses nothing, and is offered anew at its end', async ({
  chat,
  fake,
  page,
}) => {
  const story = '[[hold]] **told** to a translator';
  const pageErrors: string[] = [];
  page.on('pageerror', ({ message: text }) => pageErrors.push(text));
  await chat.open();
  await chat.ask('before it');
  // As Chrome's translator does: every text node, now and later, moves into a <font>, unless it may not be translated.
  await page.evaluate(() => {
    const wrapAll = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) if (walker.currentNode instanceof Text) found.push(walker.currentNode);
      for (const text of found) {
        const parent = text.parentElement;
        if (
          !parent ||
          text.data.trim() === '' ||
          parent.closest('[translate=no], font, script, style, textarea')
        )
          continue;
        const font = document.createElement('font');
        parent.replaceChild(font, text);
        font.append(document.createTextNode(text.data.toUpperCase()));
      }
    };
    document.documentElement.classList.add('translated-ltr');
    wrapAll(document.body);
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.isConnected) wrapAll(node);
    }).observe(document.body, { childList: true, subtree: true });
  });
  await chat.sendMessage(story);
  await fake.received(story);
  const reply = page.locator('[data-speech=reply]').last();
  for (let part = 1; part <= 5; part++) {
    fake.release({ contains: story, count: 1 });
    await expect(reply).toContainText(`part${part}`);
  }
  // A translator that does not heed the mark is noticed with the next word.
  await reply.evaluate((element) => {
    const paragraph = element.querySelector('p');
    const text = paragraph?.firstChild;
    if (!paragraph || !(text instanceof Text)) throw new Error('No text.');
    const font = document.createElement('font');
    paragraph.replaceChild(font, text);
    font.append(text.data);
  });
  fake.release({ contains: story });
  await expect(reply).not.toHaveAttribute('translate', 'no');
  await expect(reply).toContainText(/part1 part2 part3 part4 part5 told to a translator/i);
  await expect(reply.locator('p font').first()).toHaveText(/PART1 PART2/);
  // The page goes on working.
  await page.locator('#tab-teacher').click();
  await page.locator('#tab-assistant').click();
  await expect(reply).toContainText(/part5/i);
  expect(pageErrors).toEqual([]);
});
