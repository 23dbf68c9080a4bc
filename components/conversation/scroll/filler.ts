/** Empty space, in pixels, above and below the turns: it lets the view scroll further than they reach. */
export interface Filler {
  above: number;
  below: number;
}

export function setFiller({ style }: HTMLElement, { above, below }: Filler): void {
  style.paddingTop = above === 0 ? '' : `${above}px`;
  style.paddingBottom = below === 0 ? '' : `${below}px`;
}

const fillerOf = ({ style }: HTMLElement): Filler => ({
  above: Number.parseFloat(style.paddingTop) || 0,
  below: Number.parseFloat(style.paddingBottom) || 0,
});

/** The part of a filler that is still on screen. `top` and `gap`: how much of the content is above and below the window. */
export const visibleFiller = (
  { above, below }: Filler,
  { top, gap }: { top: number; gap: number },
): Filler => ({
  above: top >= above ? 0 : above,
  below: Math.max(0, below - gap),
});

/** Gives up what is no longer seen of the filler. Returns by how many pixels what is on screen has moved up. */
export function trimFiller({ scrollTop, scrollHeight, clientHeight }: Element, turns: HTMLElement): number {
  const filler = fillerOf(turns);
  if (filler.above === 0 && filler.below === 0) return 0;
  const rest = visibleFiller(filler, { top: scrollTop, gap: scrollHeight - clientHeight - scrollTop });
  setFiller(turns, rest);
  return filler.above - rest.above;
}
