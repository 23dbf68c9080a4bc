/**
 * Whether a style sheet, or the value of an attribute, makes the browser load something: `url()` of anything but a part
 * of the same picture, `@import`, `image-set()`, `src()`. Comments and escapes do not hide it.
 */
export function refersElsewhere(css: string): boolean {
  return [css, withoutEscapes(css)].some(
    (text) => LOADS.test(text) || [...text.matchAll(URLS)].some(([, first]) => first !== '#'),
  );
}

const LOADS = /@import|@font-face|@namespace|image-set\s*\(|\b(?:image|src)\s*\(\s*["']|-moz-binding/i;
/** With the first character of the address, or nothing. */
const URLS = /url\s*\(\s*["']?\s*([^"'\s])?/gi;

const withoutEscapes = (css: string) =>
  css
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, code: string) => characterOf(code, 16))
    .replace(/\\(\n|[\s\S])/g, (_, character: string) => (character === '\n' ? '' : character));

/**
 * Whether the source of a diagram asks for something from outside: a picture, an icon, a style that loads one, markup.
 * Mermaid loads pictures of the source while it draws, so this is asked first. It errs on the side of yes: such a
 * diagram is shown as its source.
 */
export function sourceRefersElsewhere(source: string): boolean {
  const decoded = decodeEntities(source);
  return [source, decoded, decodeStrings(source), decodeStrings(decoded)].some(
    (text) => refersElsewhere(text) || MARKUP.test(text) || isPictureNode(text) || ICON_PROPERTY.test(text),
  );
}

const MARKUP =
  /<\s*(?:img|image|picture|iframe|object|embed|link|meta|script|style|base|video|audio|source|svg|use|feimage|input|form)\b/i;
/** `A@{ img: "…" }` in a flowchart; the key may be written in several ways. */
const isPictureNode = (text: string) => text.includes('@{') && /\bimg\b/i.test(text);
/** `properties A: {"icon": "…"}` in a sequence diagram. */
const ICON_PROPERTY = /^[ \t]*properties\b[^\n]*\bicon\b/im;

/** Entities of HTML, and `#40;` of Mermaid. */
const decodeEntities = (text: string) =>
  text
    .replace(/(?:&#x([0-9a-f]{1,6});?|#x([0-9a-f]{1,6});)/gi, (_, html, own) => characterOf(html ?? own, 16))
    .replace(/(?:&#(\d{1,7});?|#(\d{1,7});)/g, (_, html, own) => characterOf(html ?? own, 10))
    .replace(/[&#](lt|lpar|colon|sol|commat|quot|apos|nbsp|tab|newline|bsol);/gi, (_, name: string) =>
      nameOf(name.toLowerCase()),
    );

const NAMED: Record<string, string> = {
  lt: '<',
  lpar: '(',
  colon: ':',
  sol: '/',
  commat: '@',
  quot: '"',
  apos: "'",
  bsol: '\\',
};
const nameOf = (name: string): string => NAMED[name] ?? ' ';

/** Escapes of JSON and YAML strings. */
const decodeStrings = (text: string) =>
  text
    .replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => characterOf(code, 16))
    .replace(/\\u\{?([0-9a-f]{1,6})\}?/gi, (_, code: string) => characterOf(code, 16));

function characterOf(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
}
