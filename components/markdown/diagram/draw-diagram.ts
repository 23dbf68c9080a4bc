import mermaid from 'mermaid';
import { measureBlockedTime } from './blocked-time';
import { exceedsDiagramLimits } from './diagram-limits';
import { DiagramStyles } from './diagram-styles';
import { sourceRefersElsewhere } from './refers-elsewhere';
import { sanitizeSvg } from './sanitize-svg';
import { isSlowDiagram, listSlowDiagram, unlistSlowDiagram } from './slow-diagrams';

export interface Picture {
  address: string;
  /** Pixels, so that the page reserves its space before it is painted. */
  width: number;
  height: number;
}

/** A diagram that blocked the page for longer is not drawn again. */
const LONGEST_MS = 3_000;

/** Mermaid has one global configuration, so diagrams are drawn one after another. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Draws a diagram when those before it are drawn and the page had a moment for its reader.
 * @throws for a diagram that is not drawn: malformed, too large, known to be slow, or referring to something outside.
 */
export function drawDiagram(id: string, source: string, isDark: boolean): Promise<Picture> {
  const drawn = queue.then(async () => {
    if (exceedsDiagramLimits(source) || sourceRefersElsewhere(source) || isSlowDiagram(source))
      throw new Error('not drawn');
    await new Promise((resolve) => setTimeout(resolve));
    return pictureOf(await renderListed(id, source, isDark));
  });
  // A failure goes to the caller, not to the next diagram.
  queue = drawn.catch(() => undefined);
  return drawn;
}

async function renderListed(id: string, source: string, isDark: boolean): Promise<string> {
  const blockedTime = measureBlockedTime();
  const unlist = () => {
    if (blockedTime() < LONGEST_MS) unlistSlowDiagram(source);
  };
  listSlowDiagram(source);
  // A page that is left answers, so nothing has frozen it.
  window.addEventListener('pagehide', unlist, { once: true });
  const styles = new DiagramStyles();
  try {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: isDark ? 'dark' : 'neutral',
      htmlLabels: false,
      suppressErrorRendering: true,
      maxTextSize: 20_000,
      maxEdges: 300,
      secure: SECURE,
    });
    return styles.addTo(sanitizeSvg((await mermaid.render(id, source)).svg));
  } finally {
    styles.remove();
    // Mermaid leaves its own error message in the document.
    document.getElementById(`d${id}`)?.remove();
    window.removeEventListener('pagehide', unlist);
    unlist();
  }
}

/** What a diagram must not set: Mermaid's own list, and what would add style sheets or HTML to the page. */
const SECURE = [
  ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'suppressErrorRendering', 'maxEdges'],
  ...['htmlLabels', 'themeCSS', 'dompurifyConfig', 'legacyMathML', 'forceLegacyMathML'],
];

function pictureOf(svg: string): Picture {
  const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return {
    address: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
    width: Math.ceil(Number(width ?? 640)),
    height: Math.ceil(Number(height ?? 480)),
  };
}
