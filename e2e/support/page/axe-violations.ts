import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 up to AA, and what axe holds to be good practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Good practice, not WCAG, that no page can keep for what a model writes: two code blocks in one language have one
 * name, and a reply may begin with a heading of any level.
 */
const OF_THE_MODEL = new Set(['landmark-unique', 'heading-order']);

/** What axe finds wrong with the page as it stands, a line each: the rule, where, and why. */
export async function axeViolations(page: Page): Promise<string[]> {
  await settled(page);
  // The page has no frames: the way for frames opens another page for every report.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ target }) => !(OF_THE_MODEL.has(id) && target.join(' ').includes('article')))
      .map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

/** A colour half way through a fade is nobody's: what ends by itself is waited for. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ timeline }) => timeline instanceof DocumentTimeline)
        .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
