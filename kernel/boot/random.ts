// Seeded randomness for machines that repeat themselves: xoshiro128** by Blackman and Vigna, seeded through SplitMix32.
// Not for secrets; without a seed the host's generator is used.

/** A function that gives 32 random bits. */
export function createRandom(seed: number): () => number {
  let mix = seed | 0;
  const next = (): number => {
    mix = (mix + 0x9e3779b9) | 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  return () => {
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}

/** Fills arrays from a seeded generator. */
export function seededBytes(seed: number): (into: Uint8Array) => void {
  const random = createRandom(seed);
  return (into) => {
    for (let at = 0; at < into.length; at++) into[at] = random() & 0xff;
  };
}
