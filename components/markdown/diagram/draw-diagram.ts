import type { MermaidConfig } from 'mermaid';
import { loadFile } from '@/lib/client/browser/load-file';
import { measureBlockedTime } from './blocked-time';
import { DiagramFrame, DrawingError, DrawingTimeout } from './diagram-frame';
import { exceedsDiagramLimits } from './diagram-limits';
import type { DiagramTheme } from './diagram-theme';
import { quoteLabels } from './quote-labels';
import { sourceRefersElsewhere } from './refers-elsewhere';
import { sanitizeSvg } from './sanitize-svg';
import { isSlowDiagram, listSlowDiagram, unlistSlowDiagram } from './slow-diagrams';

export interface Picture {
  svg: string;
  /** Pixels, so that the page reserves its space before it is painted. */
  width: number;
  height: number;
}

export interface Drawing {
  source: string;
  theme: DiagramTheme;
  /** The reader has asked for it: it may take longer. */
  isAsked: boolean;
  /** Aborted when the diagram is not shown any more: it is not drawn if it is still waiting. */
  signal?: AbortSignal;
}

/** The diagram takes long, or may take long. It is drawn if the reader asks for it. */
export class SlowDiagram extends Error {}

/** A drawing is ended after that time, ms. */
const LONGEST_MS = 3_000;
const LONGEST_ASKED_MS = 15_000;
/** The browser lays out and paints the picture on the page's own thread. Characters. */
const LARGEST_SVG = 250_000;
/** The frame is removed that long after the last diagram, ms. */
const FRAME_KEPT_MS = 60_000;

const MERMAID = new URL('../../../node_modules/mermaid/dist/mermaid.min.js', import.meta.url);

/** One diagram at a time: the frame is ended with the one that takes too long. */
let queue: Promise<unknown> = Promise.resolve();
let opened: Promise<DiagramFrame> | null = null;
let closing: ReturnType<typeof setTimeout> | undefined;

/**
 * Draws a diagram when those before it are drawn.
 * @throws SlowDiagram, or another error for a diagram that cannot be drawn: malformed, too large, or referring to
 * something outside.
 */
export function drawDiagram(drawing: Drawing): Promise<Picture> {
  const drawn = queue.then(() => drawNow(drawing));
  // A failure goes to the caller, not to the next diagram.
  queue = drawn.catch(() => undefined);
  return drawn;
}

async function drawNow({ source, theme, isAsked, signal }: Drawing): Promise<Picture> {
  signal?.throwIfAborted();
  const { shared, own } = LIMITS;
  if (exceedsDiagramLimits(source, own.most) || sourceRefersElsewhere(source)) throw new Error('not drawn');
  if (!isAsked && isSlowDiagram(source)) throw new SlowDiagram();
  const frame = await openFrame();
  const limits = frame.isShared ? shared : own;
  if (exceedsDiagramLimits(source, limits.most)) throw new Error('not drawn');
  if (!isAsked && exceedsDiagramLimits(source, limits.unasked)) throw new SlowDiagram();
  // If the frame shares the thread of the page, the reader has a moment between two diagrams.
  await new Promise((resolve) => setTimeout(resolve));
  const svg = await drawListed(frame, source, configOf(theme), isAsked ? LONGEST_ASKED_MS : LONGEST_MS);
  if (svg.length > LARGEST_SVG) throw new Error('not drawn');
  return pictureOf(sanitizeSvg(svg));
}

/**
 * Factors of the limits: what is drawn by itself, and what is drawn at all. On the page's own thread a drawing cannot be
 * ended.
 */
const LIMITS = { shared: { unasked: 0.4, most: 1 }, own: { unasked: 2, most: 2 } };

function openFrame(): Promise<DiagramFrame> {
  clearTimeout(closing);
  closing = setTimeout(closeFrame, FRAME_KEPT_MS);
  opened ??= DiagramFrame.open(loadFile(MERMAID)).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

function closeFrame(): void {
  clearTimeout(closing);
  void opened?.then(
    (frame) => frame.close(),
    () => undefined,
  );
  opened = null;
}

async function drawListed(
  frame: DiagramFrame,
  source: string,
  config: MermaidConfig,
  longestMs: number,
): Promise<string> {
  const blockedTime = measureBlockedTime();
  const unlist = () => {
    if (blockedTime() < longestMs) unlistSlowDiagram(source);
  };
  listSlowDiagram(source);
  // A page that is left answers, so nothing has frozen it.
  window.addEventListener('pagehide', unlist, { once: true });
  try {
    const svg = await drawRepaired(frame, source, config, longestMs);
    unlist();
    return svg;
  } catch (error) {
    if (!(error instanceof DrawingTimeout)) unlist();
    else closeFrame();
    throw error instanceof DrawingTimeout ? new SlowDiagram() : error;
  } finally {
    window.removeEventListener('pagehide', unlist);
  }
}

/** Models often leave out the quotes that Mermaid needs around a label. */
async function drawRepaired(
  frame: DiagramFrame,
  source: string,
  config: MermaidConfig,
  longestMs: number,
): Promise<string> {
  try {
    return await frame.draw(source, config, longestMs);
  } catch (error) {
    const quoted = quoteLabels(source);
    if (!(error instanceof DrawingError) || quoted === source) throw error;
    return frame.draw(quoted, config, longestMs);
  }
}

const configOf = (theme: Drawing['theme']): MermaidConfig => ({
  startOnLoad: false,
  securityLevel: 'strict',
  theme: 'base',
  themeVariables: theme,
  fontFamily: String(theme.fontFamily),
  htmlLabels: false,
  suppressErrorRendering: true,
  maxTextSize: 50_000,
  maxEdges: 600,
  secure: SECURE,
});

/** What a diagram must not set: Mermaid's own list, and what would add style sheets or HTML to the frame. */
const SECURE = [
  ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'suppressErrorRendering', 'maxEdges'],
  ...['htmlLabels', 'themeCSS', 'dompurifyConfig', 'legacyMathML', 'forceLegacyMathML'],
];

/** The class of the element that stands for a style element until the diagram is drawn, see `frame-script.ts`. */
const PLACEHOLDER = /<desc class="diagram-style">([^<]*)<\/desc>/g;

function pictureOf(svg: string): Picture {
  const [, viewWidth, viewHeight] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const width = Math.ceil(Number(viewWidth ?? 640));
  const height = Math.ceil(Number(viewHeight ?? 480));
  return {
    // Mermaid makes it as wide as what it is in. Firefox paints no picture without a size of its own on a canvas.
    svg: svg
      .replace(/^<svg[^>]*>/, (root) =>
        root
          .replace(/ (?:width|height)="[^"]*"/g, '')
          .replace('<svg', `<svg width="${width}" height="${height}"`),
      )
      .replace(PLACEHOLDER, '<style>$1</style>'),
    width,
    height,
  };
}
