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
  readonly #listeners = new Map<string, () => void>();
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
      this.#listeners.get(id)?.();
    }
  }

  /** Tells when the turn has come near, and marks its place while it is not. Returns the way to end it. */
  watch(id: string, place: Element, listener: () => void): () => void {
    this.#listeners.set(id, listener);
    if (this.#ids.has(id)) listener();
    this.#observer ??= new IntersectionObserver((entries) => this.#take(entries), {
      root: place.closest('[data-window]'),
      rootMargin: MARGIN,
    });
    const observer = this.#observer;
    observer.observe(place);
    return () => {
      observer.unobserve(place);
      this.#listeners.delete(id);
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
