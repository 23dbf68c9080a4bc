/** How often the page is asked whether it still answers, ms. */
const BEAT_MS = 50;

/** Measures the longest time for which the page does not answer, from now on. Call the result for it, in ms. */
export function measureBlockedTime(): () => number {
  let last = performance.now();
  let longest = 0;
  const beat = () => {
    const now = performance.now();
    // A hidden page's timers are late without anything blocking them.
    if (!document.hidden) longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(beat, BEAT_MS);
  return () => {
    beat();
    clearInterval(timer);
    return longest;
  };
}
