import type { Locator } from '@playwright/test';
import { expect, test } from '../../support/fixtures';

const styleOf = (target: Locator, name: string): Promise<string> =>
  target.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);

/** In a high-contrast theme every background is the same, so only borders, outlines and forms tell things apart. */
test('in forced colours the focus, every button and every state can be seen', async ({
  chat,
  page,
  fake,
}) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await chat.open();
  const send = page.getByRole('button', { name: 'Send', exact: true });
  const disabled = await styleOf(send, 'color');
  await chat.composer.fill('[[error-401]] fail once');
  await expect.poll(() => styleOf(send, 'color'), 'a button that can send').not.toBe(disabled);
  await chat.composer.press('Enter');
  const note = page.getByText('The model provider rejected the API key.').locator('xpath=..');
  await expect(note).toBeVisible();
  expect(await styleOf(note, 'border-top-style'), 'the card of a failed reply').toBe('solid');

  const unseen: string[] = [];
  for (let stop = 0; stop < 20; stop++) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const { activeElement } = document;
      const rings = [activeElement, activeElement?.parentElement].filter((box) => {
        if (!box) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(box);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.5;
      });
      const name = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
      return activeElement === document.body || rings.length > 0 ? null : `${activeElement?.tagName} ${name}`;
    });
    if (place !== null) unseen.push(place);
  }
  expect(unseen, 'stops of the Tab key without a ring').toEqual([]);

  const invisible = await page.evaluate(() => {
    const canvas = getComputedStyle(document.body).backgroundColor;
    return [...document.querySelectorAll('button')]
      .filter((button) => button.getClientRects().length > 0 && getComputedStyle(button).color === canvas)
      .map((button) => button.getAttribute('aria-label') ?? button.textContent);
  });
  expect(invisible, 'buttons in the colour of the page').toEqual([]);

  // A reply that runs elsewhere is a ring, an unread one a dot: without motion only the form tells them apart.
  await chat.sendMessage('[[hold]] go on');
  await fake.received('go on');
  await chat.openAssistant('Teacher');
  const mark = chat.assistantTab('Assistant').locator('[class*=dot]');
  const canvas = await styleOf(page.locator('body'), 'background-color');
  await expect(mark).toBeVisible();
  expect(await styleOf(mark, 'border-top-style')).toBe('solid');
  const running = await styleOf(mark, 'background-color');
  fake.release({ contains: 'go on' });
  await expect.poll(() => styleOf(mark, 'background-color')).not.toBe(running);
  expect(await styleOf(mark, 'background-color')).not.toBe(canvas);

  await chat.openAssistant('Assistant');
  await chat.menu.open();
  await expect(chat.menu.rows).toHaveCount(1);
  const row = chat.menu.rows.first();
  const outlines = await row.evaluate((item) =>
    [item, ...item.querySelectorAll('*')].map((element) => getComputedStyle(element).outlineStyle),
  );
  expect(outlines, 'the conversation on screen').toContain('solid');
});
