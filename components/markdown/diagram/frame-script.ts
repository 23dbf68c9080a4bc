/** What the page sends to the frame: Mermaid itself, that it should be busy for a moment, one diagram after another. */
export type ToFrame = { mermaid: Blob } | { spin: true } | { number: number; source: string; config: object };

/** What the frame sends to the page. `spin`: from when to when the frame was busy, in ms since 1970. */
export type FromFrame =
  | { kind: 'listening' }
  | { kind: 'loaded' }
  | { kind: 'spun'; spin: readonly [number, number] }
  | { kind: 'unloadable' }
  | { kind: 'drawn'; number: number; svg: string }
  | { kind: 'undrawn'; number: number; message: string };

/**
 * Runs in the frame, into which it is written as text: it can use nothing from outside its own braces.
 *
 * Mermaid puts a style element into the page to measure text with, and parses it twice more to clean the result. It has
 * no setting for the nonce that the content security policy asks for, so it gets another element in its place, and the
 * document gets the sheet without an element.
 */
export function frameScript(): void {
  const SPIN_MS = 60;
  const nonce = (document.currentScript as HTMLScriptElement).nonce;
  const send = (message: FromFrame) => parent.postMessage(message, '*');

  const createElement = document.createElement;
  Reflect.set(document, 'createElement', (...args: Parameters<Document['createElement']>) => {
    if (args[0] !== 'style') return createElement.apply(document, args);
    const placeholder = document.createElementNS('http://www.w3.org/2000/svg', 'desc');
    placeholder.setAttribute('class', 'diagram-style');
    Object.defineProperty(placeholder, 'innerHTML', {
      set: (css: string) => {
        placeholder.textContent = css;
        const sheet = new CSSStyleSheet();
        // An `@import` in it is ignored.
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      },
    });
    return placeholder;
  });

  /** For the page to see whether it can go on meanwhile. */
  const spin = (): readonly [number, number] => {
    const began = performance.now();
    while (performance.now() - began < SPIN_MS);
    return [performance.timeOrigin + began, performance.timeOrigin + performance.now()];
  };

  const load = (code: Blob) => {
    const script = document.createElement('script');
    script.nonce = nonce;
    script.src = URL.createObjectURL(code);
    script.onload = () => send({ kind: 'loaded' });
    script.onerror = () => send({ kind: 'unloadable' });
    document.head.append(script);
  };

  const draw = async (number: number, source: string, config: object) => {
    try {
      const mermaid = Reflect.get(window, 'mermaid');
      mermaid.initialize(config);
      const { svg } = await mermaid.render('diagram', source);
      send({ kind: 'drawn', number, svg });
    } catch (error) {
      send({ kind: 'undrawn', number, message: String(error) });
    }
    document.adoptedStyleSheets = [];
    // Mermaid leaves its own error message in the document.
    document.body.replaceChildren();
  };

  window.addEventListener('message', ({ source, data }: MessageEvent<ToFrame>) => {
    if (source !== parent) return;
    if ('mermaid' in data) load(data.mermaid);
    else if ('spin' in data) send({ kind: 'spun', spin: spin() });
    else void draw(data.number, data.source, data.config);
  });
  send({ kind: 'listening' });
}
