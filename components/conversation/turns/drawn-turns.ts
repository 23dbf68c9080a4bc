import { startTransition } from 'react';

/** How far beyond the window a turn counts as near, above and below. */
const MARGIN = '150% 0px';

/**
 * Which turns are near enough to the window to be drawn in full. A turn that was near once stays drawn, so that its
 * folds, its selection and the browser's own search keep what they had; far from the window the browser skips its
 * layout and paint (`data-far`).
 */
export class NearTurns {
  readonly #ids: Set<string>;
  readonly #watched = new Map<string, { place: Element; draw: () => void }>();
  #observer: IntersectionObserver | null = null;

  constructor(ids: readonly string[]) {
    this.#ids = new Set(ids);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Draws these turns. */
  add(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      this.#watched.get(id)?.draw();
    }
  }

  /** Draws turns that are about to be seen, with their layout. */
  reveal(ids: readonly string[]): void {
    this.add(ids);
    for (const id of ids) this.#watched.get(id)?.place.removeAttribute('data-far');
  }

  /** Tells when the turn has come near, and marks its place while it is not. Returns the way to end it. */
  watch(id: string, place: Element, draw: () => void): () => void {
    this.#watched.set(id, { place, draw });
    if (this.#ids.has(id)) draw();
    this.#observer ??= new IntersectionObserver((entries) => this.#take(entries), {
      root: place.closest('[data-window]'),
      rootMargin: MARGIN,
    });
    const observer = this.#observer;
    observer.observe(place);
    return () => {
      observer.unobserve(place);
      this.#watched.delete(id);
    };
  }

  #take(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) target.toggleAttribute('data-far', !isIntersecting);
    const near = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    // Drawn between frames: a reader who scrolls fast is not held up by what they pass.
    startTransition(() =>
      this.add(near.flatMap((one) => (one instanceof HTMLElement ? [one.dataset.turn ?? ''] : []))),
    );
  }
}
