/** Reads a stream of model chunks or of the product's events, whose tokens are the numbers from 0. */
export interface TokenCheck {
  /** @returns whether any token has arrived so far. */
  push(text: string): boolean;
  /** `complete`: every token arrived, and the stream ended properly. */
  result(): { seen: number; lost: number; doubled: number; reordered: number; complete: boolean };
}

export function createTokenCheck(expected: number): TokenCheck {
  const missing = new Set<number>();
  let rest = '';
  let next = 0;
  let seen = 0;
  let doubled = 0;
  let reordered = 0;
  let hasEnded = false;

  function take(token: number): void {
    seen += 1;
    if (token >= next) {
      for (let skipped = next; skipped < token; skipped++) missing.add(skipped);
      next = token + 1;
    } else if (missing.delete(token)) reordered += 1;
    else doubled += 1;
  }

  function frame(text: string): void {
    if (text === 'data: [DONE]' || text.startsWith('data: {"type":"end"')) hasEnded = true;
    else if (text.startsWith('data: {"type":"turn"')) {
      // A slow reader gets the whole turn instead of single tokens.
      const held = /"content":"([\d ]*)"/.exec(text.slice(text.indexOf('"reply"')))?.[1] ?? '';
      for (const number of held.split(' ')) if (number && Number(number) >= next) take(Number(number));
    } else {
      const numbers = /"content":"([\d ]+)"/.exec(text)?.[1] ?? '';
      for (const number of numbers.split(' ')) if (number) take(Number(number));
    }
  }

  return {
    push(text) {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const one of frames) frame(one);
      return seen > 0;
    },
    result() {
      const lost = missing.size + Math.max(0, expected - next);
      return { seen, lost, doubled, reordered, complete: hasEnded && lost === 0 };
    },
  };
}
