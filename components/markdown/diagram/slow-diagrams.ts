/**
 * Diagrams that have frozen this browser are not drawn again, so that a reply cannot freeze every visit. A diagram is
 * listed before it is drawn and taken off the list when it was drawn in time: what the reader closed or the browser
 * killed stays listed. Only hashes are kept.
 */
const KEY = 'confab:slow-diagrams';
/** The newest are kept. */
const MOST = 50;

export const isSlowDiagram = (source: string): boolean => read().includes(hashOf(source));

export function listSlowDiagram(source: string): void {
  const hash = hashOf(source);
  write([hash, ...read().filter((other) => other !== hash)].slice(0, MOST));
}

export const unlistSlowDiagram = (source: string): void =>
  write(read().filter((other) => other !== hashOf(source)));

function read(): string[] {
  try {
    return (localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean);
  } catch {
    // The browser has no storage for this page.
    return [];
  }
}

function write(hashes: readonly string[]): void {
  try {
    if (hashes.length > 0) localStorage.setItem(KEY, hashes.join(' '));
    else localStorage.removeItem(KEY);
  } catch {
    // As above, or it is full: the limits still hold.
  }
}

/** FNV-1a and the length: a collision costs one diagram its picture. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${(hash >>> 0).toString(36)}-${text.length.toString(36)}`;
}
