/** The page of the component tests: renders only `MarkdownView`, and measures what it costs. */
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { countIn, findPattern } from '@/components/find/find-pattern';
import { findRanges } from '@/components/find/find-ranges';
import { copySelection, takeSelection } from '@/components/markdown/copy/copy-selection';
import { take } from '@/components/markdown/copy/take';
import { diagramTheme } from '@/components/markdown/diagram/diagram-theme';
import { drawDiagram } from '@/components/markdown/diagram/draw-diagram';
import { sanitizeSvg } from '@/components/markdown/diagram/sanitize-svg';
import { listSlowDiagram } from '@/components/markdown/diagram/slow-diagrams';
import { KeepSelection } from '@/components/markdown/keep-selection';
import styles from '@/components/markdown/markdown.module.css';
import { MarkdownView } from '@/components/markdown/markdown-view';
import { plainText } from '@/lib/chat/text/plain-text';
import { parses } from './counting-markdown';
import '@/app/globals.css';

const root = createRoot(document.querySelector('main') ?? document.body);

/** Renders the texts and returns how long that blocked the page, in ms. */
function show(texts: Record<string, string>, isStreaming: boolean): number {
  const began = performance.now();
  flushSync(() =>
    root.render(
      Object.entries(texts).map(([id, text]) => (
        <article key={id} id={id} data-turn={id}>
          <KeepSelection className={styles.prose}>
            <MarkdownView text={text} turnId={id} isStreaming={isStreaming} />
          </KeepSelection>
        </article>
      )),
    ),
  );
  return performance.now() - began;
}

const drawingOf = (source: string) => ({
  source,
  theme: diagramTheme(document.body, false),
  isAsked: false,
});

const harness = {
  show,
  sanitizeSvg,
  listSlowDiagram,
  /** Whether every formula on the page is set. */
  areFormulasSet: (count: number) => document.querySelectorAll('.katex').length >= count,
  copy,
  /** What a selected text has when it is dragged by this element. */
  drag(selector: string): string {
    getSelection()?.selectAllChildren(textOfReply());
    const dataTransfer = new DataTransfer();
    const target = document.querySelector(selector);
    const event = new DragEvent('dragstart', { dataTransfer, cancelable: true, bubbles: true });
    target?.addEventListener('dragstart', (drag) => drag instanceof DragEvent && copySelection(drag), {
      once: true,
    });
    target?.dispatchEvent(event);
    return event.defaultPrevented ? 'prevented' : dataTransfer.getData('text/plain');
  },
  /** Draws a reply, reads it back as Markdown, and draws and reads that. */
  readTwice(source: string) {
    const read = (text: string) => {
      harness.clear();
      show({ one: text }, false);
      const reply = textOfReply();
      return {
        markdown: take(reply, 'markdown'),
        text: take(reply, 'text'),
        // A link that must not open is a bare element.
        table: reply.querySelector('table')?.innerHTML.replace(/<\/?span>/g, '') ?? null,
      };
    };
    const first = read(source);
    return { first, second: read(first.markdown) };
  },
  /** What both buttons of the table copy. */
  async copyTable(): Promise<string[]> {
    const copied: string[] = [];
    navigator.clipboard.writeText = async (text) => void copied.push(text);
    for (const button of document.querySelectorAll<HTMLElement>('figure > div > button')) button.click();
    await nextFrame();
    return copied;
  },
  /** Where a text stands: the edges of all its lines, and where its lines begin. */
  sides(text: string) {
    const [node] = pointAt(text, 0);
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
    const isRtl = node.parentElement?.matches(':dir(rtl)') ?? false;
    const starts = lines.map(({ left, right }) => Math.round(isRtl ? right : left));
    const { left, right } = range.getBoundingClientRect();
    return {
      left: Math.round(left),
      right: Math.round(right),
      lines: lines.length,
      starts: [...new Set(starts)],
    };
  },
  /** What a search finds on the page, and how often it says that the Markdown has it. */
  find(source: string, query: string) {
    const pattern = findPattern(query) ?? /(?!)/g;
    const found = findRanges(document.querySelector('[data-turn]') ?? document.body, pattern);
    return {
      counted: countIn(plainText(source, 'screen'), pattern),
      found: found.map((range) => ({ text: range.toString(), isSeen: range.getClientRects().length > 0 })),
    };
  },
  /** The SVG of a diagram, or null if it is not drawn. */
  draw: (source: string): Promise<string | null> =>
    drawDiagram(drawingOf(source)).then(
      ({ svg }) => svg,
      () => null,
    ),
  /** `drawn`, or the name of the error. */
  outcome: (source: string): Promise<string> =>
    drawDiagram(drawingOf(source)).then(
      () => 'drawn',
      (error) => error.constructor.name,
    ),
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

const textOfReply = () => document.querySelector('[dir="auto"]') ?? document.body;

/** What is copied and quoted of a selection: from the start of the first text with `from` to the end of the last with `to`. */
function copy(from?: string, to = from): Record<'text' | 'markdown' | 'html', string> | null {
  const selection = getSelection();
  if (from === undefined || to === undefined) selection?.selectAllChildren(textOfReply());
  else selection?.setBaseAndExtent(...pointAt(from, 0), ...pointAt(to, to.length));
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData, cancelable: true });
  copySelection(event);
  if (!event.defaultPrevented) return null;
  const read = (type: string) => clipboardData.getData(type);
  const markdown = (selection && takeSelection(selection.getRangeAt(0), 'markdown')) ?? '';
  return { text: read('text/plain'), markdown, html: read('text/html') };
}

/** The place in the page of the first text like this, which may go over several elements, moved by `offset`. */
function pointAt(text: string, offset: number): [Node, number] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const at = nodes
    .map(({ nodeValue }) => nodeValue ?? '')
    .join('')
    .indexOf(text);
  if (at < 0) throw new Error(`The page has no text ${text}.`);
  let left = at + offset;
  for (const node of nodes) {
    const length = (node.nodeValue ?? '').length;
    if (offset > 0 ? left <= length : left < length) return [node, left];
    left -= length;
  }
  return [document.body, document.body.childNodes.length];
}

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
