/** The page of the component tests: renders only `MarkdownView`, and measures what it costs. */
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { drawDiagram } from '@/components/markdown/diagram/draw-diagram';
import { sanitizeSvg } from '@/components/markdown/diagram/sanitize-svg';
import { listSlowDiagram } from '@/components/markdown/diagram/slow-diagrams';
import { KeepSelection } from '@/components/markdown/keep-selection';
import { MarkdownView } from '@/components/markdown/markdown-view';
import { parses } from './counting-markdown';
import '@/app/globals.css';

let drawn = 0;
const root = createRoot(document.querySelector('main') ?? document.body);

/** Renders the texts and returns how long that blocked the page, in ms. */
function show(texts: Record<string, string>, isStreaming: boolean): number {
  const began = performance.now();
  flushSync(() =>
    root.render(
      Object.entries(texts).map(([id, text]) => (
        <article key={id} id={id}>
          <KeepSelection>
            <MarkdownView text={text} turnId={id} isStreaming={isStreaming} />
          </KeepSelection>
        </article>
      )),
    ),
  );
  return performance.now() - began;
}

const harness = {
  show,
  sanitizeSvg,
  listSlowDiagram,
  /** The SVG of a diagram, or null if it is not drawn. */
  async draw(source: string): Promise<string | null> {
    try {
      const { address } = await drawDiagram(`d${drawn++}`, source, false);
      return decodeURIComponent(address.slice(address.indexOf(',') + 1));
    } catch {
      return null;
    }
  },
  longestTask,
  parses,
  clear: () => flushSync(() => root.render(null)),
  /** Shows `text` in steps of `step` characters, `times` times, and returns the total time in ms. */
  stream(text: string, step: number, times: number): number {
    let sum = 0;
    for (let time = 0; time < times; time += 1) {
      harness.clear();
      const began = performance.now();
      for (let end = step; end < text.length + step; end += step) show({ one: text.slice(0, end) }, true);
      sum += performance.now() - began;
    }
    return sum;
  },
};

/**
 * Opens a whole reply as the product does, and returns the longest task in ms until everything is rendered: at least
 * `count` elements that match `selector`, for what loads or waits meanwhile, and whatever else there is.
 */
async function longestTask(text: string, selector = 'article', count = 1): Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  root.render(
    <article>
      <MarkdownView text={text} turnId="one" />
    </article>,
  );
  while (document.querySelectorAll(selector).length < count) await nextFrame();
  await waitUntilIdle();
  observer.disconnect();
  return longest;
}

/** How often in a row the browser has to be idle with nothing changed. */
const QUIET_ROUNDS = 4;

/**
 * Resolves when nothing changes any more. A long reply is rendered in steps: React queues the next before it lets go of
 * the thread, so between them the browser is never idle. A frame in each round, for what waits for being seen.
 */
async function waitUntilIdle(): Promise<void> {
  let quiet = 0;
  const observer = new MutationObserver(() => {
    quiet = 0;
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  while (quiet < QUIET_ROUNDS) {
    quiet += 1;
    await nextFrame();
    await new Promise((resolve) => requestIdleCallback(resolve));
  }
  observer.disconnect();
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

export type Harness = typeof harness;
Object.assign(window, { harness });
