import { expect, test } from '../../support/site';

const SENTENCE = /styles and scripts couldn’t be loaded.*BASE_PATH/;

test('a page whose scripts and styles are not served says so, as behind a proxy that adds a path', async ({
  page,
}) => {
  await page.route('**/_next/**', (route) => route.fulfill({ status: 404, body: 'not here' }));
  await page.goto('./');
  await expect(page.getByText(SENTENCE)).toBeVisible();
});

test('a page whose styles are served does not', async ({ chat, page }) => {
  await chat.open('./');
  await expect(page.getByText(SENTENCE)).toBeHidden();
});

test('robots.txt, security.txt and favicon.ico are small files, and only the front page is for search engines', async ({
  request,
}) => {
  const get = async (path: string) => {
    const response = await request.get(path, { maxRedirects: 0 });
    const headers = response.headers();
    const bytes = (await response.body()).length;
    return {
      status: response.status(),
      type: headers['content-type'],
      robots: headers['x-robots-tag'],
      bytes,
    };
  };
  for (const [path, type] of [
    ['./robots.txt', /^text\/plain/],
    ['./.well-known/security.txt', /^text\/plain/],
    ['./favicon.ico', /^image\//],
  ] as const) {
    const { status, type: sent, bytes } = await get(path);
    expect([path, status, bytes > 20 && bytes < 2_000]).toEqual([path, 200, true]);
    expect(sent).toMatch(type);
  }
  expect((await get('./')).robots).toBeUndefined();
  for (const path of [
    './access',
    './admin',
    './nothing',
    './api/health',
    './api/models',
    './s/x',
    './robots.txt',
  ])
    expect([path, (await get(path)).robots]).toEqual([path, 'noindex']);
});
