import { startTransition } from 'react';

/** How far from the window, above and below, a turn is drawn in full. */
const MARGIN = '150% 0px';

/**
 * Which turns are drawn in full; the others are plain turns. A turn that was drawn stays drawn, so that its open
 * sections and its selection survive, but the browser skips the layout and paint of one that is far from the window
 * (`data-offscreen`).
 */
export class DrawnTurns {
  readonly #ids: Set<string>;
  readonly #onDraw = new Map<string, () => void>();
  #observer: IntersectionObserver | null = null;

  constructor(ids: readonly string[]) {
    this.#ids = new Set(ids);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Whether the turn is on the page, drawn or plain. */
  isOnPage(id: string): boolean {
    return this.#onDraw.has(id);
  }

  draw(ids: readonly string[]): void {
    for (const id of ids) {
      if (this.#ids.has(id)) continue;
      this.#ids.add(id);
      this.#onDraw.get(id)?.();
    }
  }

  /** Watches the element of a turn, and calls `onDraw` once the turn is to be drawn. Returns the unsubscribe. */
  watch(id: string, element: Element, onDraw: () => void): () => void {
    this.#onDraw.set(id, onDraw);
    if (this.#ids.has(id)) onDraw();
    this.#observer ??= new IntersectionObserver((entries) => this.#update(entries), {
      root: element.closest('[data-window]'),
      rootMargin: MARGIN,
    });
    const observer = this.#observer;
    observer.observe(element);
    return () => {
      observer.unobserve(element);
      this.#onDraw.delete(id);
    };
  }

  #update(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      target.toggleAttribute('data-offscreen', !isIntersecting);
    const near = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    // A transition, so that drawing turns does not hold up a reader who scrolls fast.
    startTransition(() =>
      this.draw(
        near.flatMap((element) => (element instanceof HTMLElement ? [element.dataset.turn ?? ''] : [])),
      ),
    );
  }
}
