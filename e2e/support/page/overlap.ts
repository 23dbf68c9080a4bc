import type { Locator } from '@playwright/test';

type Box = Awaited<ReturnType<Locator['boundingBox']>>;

/** Whether two boxes on the screen have a point in common. False if one is not on the page. */
export const overlap = (a: Box, b: Box): boolean =>
  a !== null &&
  b !== null &&
  a.y < b.y + b.height &&
  b.y < a.y + a.height &&
  a.x < b.x + b.width &&
  b.x < a.x + a.width;
