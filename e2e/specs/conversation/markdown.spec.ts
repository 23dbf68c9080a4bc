import { expect, test } from '../../support/fixtures';
import { watchScripts } from '../../support/page/loaded-scripts';

test.beforeEach(({ fake }) => fake.reset());

test('formulas, diagrams, tables and footnotes render without breaking the content security policy', async ({
  chat,
  page,
  app,
  cspViolations,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== app.url && !['data:', 'blob:'].includes(protocol)) foreign.push(request.url());
  });
  await chat.open();
  const turn = await chat.ask('[[rich]] show all');

  await expect(turn.locator('math').first()).toBeAttached();
  await expect(turn.locator('.katex-display')).toHaveCount(2);
  await expect(turn.getByText('which costs $5 and not $6.')).toBeVisible();
  await expect(turn.getByTitle('This formula couldn’t be rendered.', { exact: false })).toHaveText(
    '\\frac{1',
  );

  const diagram = turn.getByRole('img', { name: 'Diagram' });
  await expect(diagram).toHaveCount(1);
  await expect
    .poll(() => diagram.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(50);
  await expect(turn.getByText('This diagram couldn’t be rendered.', { exact: false })).toBeVisible();

  await expect(
    turn.getByRole('link', { name: 'Open image from img.example.org in a new tab' }),
  ).toBeVisible();
  await expect(turn.getByRole('link', { name: '1', exact: true })).toHaveAttribute('href', /#.*-fn-1$/);
  await expect(turn.getByRole('button', { name: 'Wrap long lines' }).last()).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await turn.getByRole('button', { name: 'Wrap long lines' }).last().click();
  const code = turn.getByRole('region', { name: 'Code, js' });
  expect(await code.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);

  const download = page.waitForEvent('download');
  await turn.getByRole('button', { name: 'Download as code.js' }).click();
  expect((await download).suggestedFilename()).toBe('code.js');

  expect(cspViolations).toEqual([]);
  expect(foreign).toEqual([]);
});

test('a reply without formulas or diagrams loads neither KaTeX nor Mermaid', async ({ chat, page }) => {
  const scripts = watchScripts(page);
  await chat.open();
  const turn = await chat.ask('[[markdown]] plain');
  await expect(turn.getByRole('heading', { name: 'A heading' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(scripts.count()).toBeGreaterThan(3);
  expect(await scripts.contain(/KaTeX parse error|suppressErrorRendering/)).toBe(false);
});
