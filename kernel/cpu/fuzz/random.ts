// A small seeded generator (xorshift32, Marsaglia 2003): the same numbers everywhere, for fuzzing and for vectors.

export interface Random {
  /** 32 random bits, unsigned. */
  bits(): number;
  /** 0 … n - 1. */
  below(n: number): number;
  pick<T>(items: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  let state = seed | 0 || 0x9e3779b9;
  const bits = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const below = (n: number): number => bits() % n;
  for (let skip = 0; skip < 8; skip++) bits();
  return {
    bits,
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("pick from an empty list");
      return item;
    },
  };
}
