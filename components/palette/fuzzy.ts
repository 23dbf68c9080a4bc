/** A letter in a row, a word's first letter, and the beginning count more than a letter found somewhere. */
const ROW = 4;
const WORD = 6;
const BEGINNING = 8;
const GAP = 0.1;

/**
 * How well a text answers a query whose letters it must hold in their order; null: it does not. Strings of the query
 * are looked for one by one, in any order. Case and accents do not count.
 */
export function fuzzy(query: string, text: string): number | null {
  const plain = folded(text);
  let total = 0;
  for (const word of folded(query).split(/\s+/).filter(Boolean)) {
    const score = scoreOf(word, plain);
    if (score === null) return null;
    total += score;
  }
  return total;
}

function scoreOf(word: string, text: string): number | null {
  const whole = text.indexOf(word);
  if (whole >= 0) return word.length * ROW + placeOf(whole, text) + BEGINNING;
  let score = 0;
  let last = -1;
  for (const letter of word) {
    const at = text.indexOf(letter, last + 1);
    if (at < 0) return null;
    score += (last >= 0 && at === last + 1 ? ROW : 1) + placeOf(at, text) - GAP * (at - last - 1);
    last = at;
  }
  return score;
}

const placeOf = (at: number, text: string): number =>
  at === 0 ? BEGINNING : /[\s\-_/:.]/.test(text[at - 1] ?? '') ? WORD : 0;

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
