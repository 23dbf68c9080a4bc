import { expect, test } from '../../support/fixtures';

/** Each attempt would be stopped by the policy and must be seen by the check that runs in every test. */
const ATTEMPTS: Record<string, (host: string) => void> = {
  'img-src': (host) => {
    document.body.append(Object.assign(new Image(), { src: `https://${host}/a.png` }));
  },
  'style-src-elem': () => {
    document.head.append(Object.assign(document.createElement('style'), { textContent: 'a { color: red }' }));
  },
  'script-src-elem': () => {
    location.assign(['javascript', 'window.ran = true'].join(':'));
  },
  'script-src-attr': () => {
    document.body.insertAdjacentHTML('beforeend', '<p onclick="window.ran = true">a</p>');
  },
  'connect-src': (host) => {
    fetch(`https://${host}/`).catch(() => undefined);
  },
  'frame-src': (host) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: `https://${host}/` }));
  },
};

for (const [directive, attempt] of Object.entries(ATTEMPTS)) {
  test(`a violation of ${directive} would fail any test`, async ({ chat, page, cspViolations }) => {
    await chat.open();
    expect(cspViolations).toEqual([]);
    await page.evaluate(attempt, 'elsewhere.invalid');
    await expect
      .poll(() => cspViolations.filter((one) => one.startsWith(directive)).length)
      .toBeGreaterThan(0);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    // They were meant to happen.
    cspViolations.length = 0;
  });
}

test('the image optimizer is off', async ({ request }) => {
  const answers = [
    await request.get('/_next/image?url=%2Ficon.svg&w=640&q=75'),
    await request.get('/_next/image?url=https%3A%2F%2Fexample.org%2Fa.png&w=640&q=75'),
  ];
  expect(answers.map((answer) => answer.status())).toEqual([404, 404]);
});

test('a violation in a context that the test opens itself is seen too', async ({
  app,
  browser,
  cspViolations,
}) => {
  const context = await browser.newContext({ baseURL: app.url });
  const page = await context.newPage();
  await page.goto('/');
  await page.evaluate(ATTEMPTS['img-src'] ?? (() => undefined), 'elsewhere.invalid');
  await expect.poll(() => cspViolations.length).toBeGreaterThan(0);
  cspViolations.length = 0;
  await context.close();
});
