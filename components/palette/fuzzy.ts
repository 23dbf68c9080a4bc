/** Points for a letter that follows the one before, starts a word, or starts the text; lost per skipped letter. */
const ADJACENT = 4;
const WORD_START = 6;
const TEXT_START = 8;
const GAP = 0.1;

/**
 * How well a text matches a query, higher is better; null if it does not. The text must contain the letters of each word
 * of the query in order; the words may come in any order. Case and accents are ignored.
 */
export function fuzzyScore(query: string, text: string): number | null {
  const normalized = normalize(text);
  let total = 0;
  for (const word of normalize(query).split(/\s+/).filter(Boolean)) {
    const score = scoreOf(word, normalized);
    if (score === null) return null;
    total += score;
  }
  return total;
}

function scoreOf(word: string, text: string): number | null {
  const whole = text.indexOf(word);
  if (whole >= 0) return word.length * ADJACENT + positionScore(whole, text) + TEXT_START;
  let score = 0;
  let last = -1;
  for (const letter of word) {
    const at = text.indexOf(letter, last + 1);
    if (at < 0) return null;
    score += (last >= 0 && at === last + 1 ? ADJACENT : 1) + positionScore(at, text) - GAP * (at - last - 1);
    last = at;
  }
  return score;
}

const positionScore = (at: number, text: string): number =>
  at === 0 ? TEXT_START : /[\s\-_/:.]/.test(text[at - 1] ?? '') ? WORD_START : 0;

const normalize = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
