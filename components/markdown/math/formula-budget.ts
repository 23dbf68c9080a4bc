import { definesMacros } from './formula-limits';

/**
 * How much KaTeX may render at once. A reply may hold any number of formulas, and each takes up to half a second: what
 * a usual reply has is rendered with its text, the rest one at a time.
 */

/** Characters of formulas that are rendered at once. */
const MOST = 2_500;
/** Added to the cost of every formula, because even a short one takes time. Characters. */
const LEAST = 20;
/** After that time the whole budget is there again, ms. */
const REFILL_MS = 1_000;

/** Characters of formulas that are rendered for the printer, beyond those on the page: a second or two. */
const MOST_PRINTED = 10_000;

let left = MOST;
let leftToPrint = MOST_PRINTED;

/** Whether this formula is rendered with its text. */
export function takeFormulaBudget(tex: string): boolean {
  const cost = definesMacros(tex) ? MOST : tex.length + LEAST;
  if (cost > left) return false;
  if (left === MOST)
    setTimeout(() => {
      left = MOST;
    }, REFILL_MS);
  left -= cost;
  return true;
}

/** Whether a formula that waits is rendered because the page is about to be printed. */
export function takePrintBudget(tex: string): boolean {
  const cost = tex.length + LEAST;
  if (cost > leftToPrint) return false;
  if (leftToPrint === MOST_PRINTED)
    setTimeout(() => {
      leftToPrint = MOST_PRINTED;
    }, REFILL_MS);
  leftToPrint -= cost;
  return true;
}

/** Resolves when all formulas that were already waiting have been rendered. */
let line: Promise<void> = Promise.resolve();

/** The shortest pause between two turns, ms. */
const LEAST_PAUSE_MS = 10;

/** Calls `render` when its turn has come. Returns a function that leaves the line. */
export function waitInLine(render: () => void): () => void {
  let isWaiting = true;
  line = line.then(async () => {
    if (!isWaiting) return;
    const began = performance.now();
    render();
    // Until the page has painted; then as long again for the reader.
    await afterPaint();
    await pause(Math.max(LEAST_PAUSE_MS, performance.now() - began));
  });
  return () => {
    isWaiting = false;
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** In a hidden page nothing is painted, so not longer than a moment. */
const afterPaint = () =>
  Promise.race([new Promise((resolve) => requestAnimationFrame(resolve)).then(() => pause(0)), pause(200)]);
