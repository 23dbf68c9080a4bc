import { refersElsewhere } from './refers-elsewhere';

/** Elements that load, run or change something; by local name in lower case. */
const FORBIDDEN = new Set([
  ...['script', 'image', 'feimage', 'img', 'picture', 'source', 'audio', 'video', 'track'],
  ...['iframe', 'frame', 'object', 'embed', 'link', 'meta', 'base', 'form', 'input', 'button'],
  // They can set the address of another element.
  ...['animate', 'animatemotion', 'animatetransform', 'set', 'handler', 'listener'],
]);

/** Attributes whose value is an address. */
const ADDRESSES = new Set([
  ...['href', 'src', 'srcset', 'action', 'formaction', 'poster', 'data', 'background'],
  ...['ping', 'cite', 'base', 'codebase', 'longdesc', 'manifest', 'profile', 'usemap'],
]);

/**
 * A diagram that refers to nothing outside itself: no address but `#…`, no script, no style sheet that loads something.
 * The picture is shown where the browser loads nothing anyway; this holds when it is saved and opened, too.
 * @throws Error for what is not an SVG document.
 */
export function sanitizeSvg(svg: string): string {
  const { documentElement: root } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  if (root.localName !== 'svg' || root.querySelector('parsererror')) throw new Error('not an SVG document');
  sanitizeElement(root);
  return new XMLSerializer().serializeToString(root);
}

function sanitizeElement(element: Element): void {
  for (const attribute of [...element.attributes]) {
    if (!isHarmless(attribute)) element.removeAttributeNode(attribute);
  }
  for (const node of [...element.childNodes]) {
    if (node instanceof Text) continue;
    if (!(node instanceof Element) || isForbidden(node)) node.remove();
    else sanitizeElement(node);
  }
}

function isForbidden(element: Element): boolean {
  const name = element.localName.toLowerCase();
  const isStyle = name === 'style' || element.classList.contains('diagram-style');
  return FORBIDDEN.has(name) || (isStyle && refersElsewhere(element.textContent ?? ''));
}

function isHarmless({ localName, prefix, value }: Attr): boolean {
  const name = localName.toLowerCase();
  if (prefix === 'xmlns' || name === 'xmlns') return true;
  if (name.startsWith('on')) return false;
  return ADDRESSES.has(name) ? value.trim().startsWith('#') : !refersElsewhere(value);
}
