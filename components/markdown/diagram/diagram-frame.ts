import styles from './diagram-frame.module.css';
import { type FromFrame, frameScript, type ToFrame } from './frame-script';

/** For the frame to start, and for Mermaid to load, ms. */
const LONGEST_START_MS = 30_000;
/** How often it is noted that the page answers, ms. */
const BEAT_MS = 10;
const MOST_SPINS = 3;

/** The drawing took longer than it was given. */
export class DrawingTimeout extends Error {}

/** The message of Mermaid, for a source that it cannot read. */
export class DrawingError extends Error {}

/**
 * A frame in which Mermaid draws. It has an origin of its own and may load nothing. Chromium on a computer runs it in a
 * process of its own, so a diagram that never ends does not freeze the page, and removing the frame ends it. Elsewhere
 * it shares the thread of the page: `isShared`.
 */
export class DiagramFrame {
  readonly #element: HTMLIFrameElement;
  #drawn = 0;
  #receive: (message: FromFrame) => void = () => undefined;
  isShared = true;

  private constructor() {
    this.#element = document.createElement('iframe');
    this.#element.sandbox.add('allow-scripts');
    this.#element.className = styles.frame ?? '';
    this.#element.title = 'Mermaid';
    this.#element.tabIndex = -1;
    this.#element.setAttribute('aria-hidden', 'true');
    this.#element.srcdoc = frameDocument();
    window.addEventListener('message', this.#onMessage);
  }

  /** @throws if Mermaid cannot be loaded. */
  static async open(mermaid: Promise<Blob>): Promise<DiagramFrame> {
    const frame = new DiagramFrame();
    try {
      await frame.#ask('listening', null, LONGEST_START_MS);
      await frame.#ask('loaded', { mermaid: await mermaid }, LONGEST_START_MS);
      // The page may have been busy itself, so it is asked again.
      for (let spins = 0; spins < MOST_SPINS && frame.isShared; spins += 1)
        frame.isShared = await frame.#stopsThePage();
      return frame;
    } catch (error) {
      frame.close();
      throw error;
    }
  }

  /** Whether nothing ran in the page while the frame was busy. */
  async #stopsThePage(): Promise<boolean> {
    const beats: number[] = [];
    const beat = setInterval(() => beats.push(performance.timeOrigin + performance.now()), BEAT_MS);
    try {
      const { spin } = await this.#ask('spun', { spin: true }, LONGEST_START_MS);
      return !beats.some((time) => time > spin[0] && time < spin[1]);
    } finally {
      clearInterval(beat);
    }
  }

  /**
   * The SVG of a diagram, as Mermaid makes it: nothing in it can be trusted.
   * @throws DrawingError, DrawingTimeout. The frame is of no use after a timeout.
   */
  async draw(source: string, config: object, longestMs: number): Promise<string> {
    const number = ++this.#drawn;
    return (await this.#ask('drawn', { number, source, config }, longestMs)).svg;
  }

  close(): void {
    window.removeEventListener('message', this.#onMessage);
    this.#element.remove();
  }

  #ask<K extends FromFrame['kind']>(
    kind: K,
    message: ToFrame | null,
    longestMs: number,
  ): Promise<Extract<FromFrame, { kind: K }>> {
    type Answer = Extract<FromFrame, { kind: K }>;
    const isAnswer = (received: FromFrame): received is Answer =>
      received.kind === kind && (!('number' in received) || received.number === this.#drawn);
    return new Promise<Answer>((resolve, reject) => {
      const stop = afterAnswering(longestMs, () => reject(new DrawingTimeout()));
      this.#receive = (received) => {
        if (isAnswer(received)) resolve(received);
        else if (received.kind === 'undrawn' && received.number === this.#drawn)
          reject(new DrawingError(received.message));
        else if (received.kind === 'unloadable') reject(new Error('Mermaid cannot be loaded'));
        else return;
        stop();
      };
      if (message) this.#element.contentWindow?.postMessage(message, '*');
      else document.body.append(this.#element);
    });
  }

  readonly #onMessage = ({ source, data }: MessageEvent<FromFrame>) => {
    if (source === this.#element.contentWindow) this.#receive(data);
  };
}

/**
 * A document with only `frameScript`. It is under the policy of the page, too, so the script needs the page's nonce. Its
 * own policy also forbids everything that the page may load.
 */
function frameDocument(): string {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || 'diagram';
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src-attr 'unsafe-inline'`;
  return (
    `<!doctype html><html lang="en"><title>Mermaid</title><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<body><script nonce="${nonce}">(${frameScript})()</script>`
  );
}

/** Calls `end` once the page has answered for so long: while it is frozen itself, no time passes for the frame. */
function afterAnswering(ms: number, end: () => void): () => void {
  const STEP_MS = 100;
  let left = ms;
  const timer = setInterval(() => {
    left -= STEP_MS;
    if (left > 0) return;
    clearInterval(timer);
    end();
  }, STEP_MS);
  return () => clearInterval(timer);
}
