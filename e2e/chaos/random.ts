/** Random choices that are the same for the same seed. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** An integer from `least` to `most`, both inclusive. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of the rows, with a probability proportional to its weight. */
  weighted<T extends { weight: number }>(from: readonly T[]): T;
  /** An independent source, unaffected by choices made elsewhere. */
  fork(name: string): Random;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to shuffle a test. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const random: Random = {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
    between: (least, most) => least + Math.floor(random.next() * (most - least + 1)),
    chance: (probability) => random.next() < probability,
    pick<T>(from: readonly T[]): T {
      const picked = from[random.between(0, from.length - 1)];
      if (picked === undefined) throw new Error('The list to pick from is empty.');
      return picked;
    },
    weighted(from) {
      let left = random.next() * from.reduce((sum, { weight }) => sum + weight, 0);
      const found = from.find(({ weight }) => {
        left -= weight;
        return left < 0;
      });
      return found ?? random.pick(from);
    },
    fork: (name) =>
      createRandom([...name].reduce((hash, char) => Math.imul(hash, 31) + char.charCodeAt(0), seed)),
  };
  return random;
}

/** The seed in `CHAOS_SEED`, or a new one. */
export function seedFrom(environment: Record<string, string | undefined>): number {
  const seed = Number(environment.CHAOS_SEED);
  return environment.CHAOS_SEED && Number.isInteger(seed) ? seed : Math.floor(Math.random() * 2 ** 31);
}
