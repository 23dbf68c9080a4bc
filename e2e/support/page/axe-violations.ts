import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 up to level AA, and axe's best practices. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Best practices that the text of a model can break: two code blocks in the same language have the same name, and a
 * reply may begin with a heading of any level.
 */
const IGNORED_IN_REPLIES = new Set(['landmark-unique', 'heading-order']);

/** The problems that axe finds on the current page, one line each: rule, element and explanation. */
export async function axeViolations(page: Page): Promise<string[]> {
  await waitForAnimations(page);
  // Legacy mode, because the page has no frames: the default opens another page for every report.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => !(IGNORED_IN_REPLIES.has(id) && target.join(' ').includes('article')))
      .map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** Waits for finite animations, because the contrast of a half-finished fade means nothing. */
const waitForAnimations = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ timeline }) => timeline instanceof DocumentTimeline)
        .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
