/** The class of the element that stands for a style element until the diagram is drawn. */
export const STYLE_PLACEHOLDER = 'diagram-style';

const PLACEHOLDER = new RegExp(`<desc class="${STYLE_PLACEHOLDER}">([^<]*)</desc>`, 'g');

/**
 * The style sheets of the diagram that is being drawn. Mermaid puts a style element into the page to measure text with,
 * and parses it twice more to clean the result. It has no setting for the nonce that the content security policy asks
 * for, so it gets another element in its place, and the page gets the sheet without an element.
 */
export class DiagramStyles {
  readonly #sheets: CSSStyleSheet[] = [];

  /** From now on `document.createElement('style')` makes a placeholder. */
  constructor() {
    Reflect.set(document, 'createElement', (...args: Parameters<Document['createElement']>) =>
      args[0] === 'style'
        ? this.#createPlaceholder()
        : Document.prototype.createElement.apply(document, args),
    );
  }

  /** The picture with style elements in place of the placeholders. */
  addTo(svg: string): string {
    return svg.replace(PLACEHOLDER, '<style>$1</style>');
  }

  remove(): void {
    Reflect.deleteProperty(document, 'createElement');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => !this.#sheets.includes(sheet),
    );
  }

  #createPlaceholder(): Element {
    const placeholder = document.createElementNS('http://www.w3.org/2000/svg', 'desc');
    placeholder.setAttribute('class', STYLE_PLACEHOLDER);
    Object.defineProperty(placeholder, 'innerHTML', {
      set: (css: string) => {
        placeholder.textContent = css;
        this.#adopt(css);
      },
    });
    return placeholder;
  }

  #adopt(css: string): void {
    const sheet = new CSSStyleSheet();
    // An `@import` in it is ignored.
    sheet.replaceSync(css);
    this.#sheets.push(sheet);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
}
