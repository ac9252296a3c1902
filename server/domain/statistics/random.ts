/** Seeded draws, the same on every machine. Not for secrets. */
export type Random = {
  /** 0 to 2^32 - 1. */
  nextUint32(): number;
  /** 0 to n - 1, each equally likely; n from 1 to 2^32. */
  nextBelow(n: number): number;
  /** A multiple of 2^-53, from 0 to just below 1. */
  nextUnit(): number;
};

/** Throws RangeError unless the seed is a whole number from 0 to 2^32 - 1. */
export function createRandom(seed: number): Random {
  if (seed !== seed >>> 0) throw new RangeError(`seed ${seed} is not a whole number from 0 to 2^32 - 1`);
  const nextUint32 = xoshiro128([1, 2, 3, 4].map((at) => mix32(seed + Math.imul(at, 0x9e3779b9))));
  return {
    nextUint32,
    nextBelow(n) {
      // Draws past the last whole multiple of n are thrown away: a bare remainder would favour small numbers.
      const end = 2 ** 32 - (2 ** 32 % n);
      for (;;) {
        const drawn = nextUint32();
        if (drawn < end) return drawn % n;
      }
    },
    nextUnit() {
      const high = nextUint32() >>> 5;
      return (high * 2 ** 26 + (nextUint32() >>> 6)) / 2 ** 53;
    },
  };
}

/**
 * A shuffled copy, every order equally likely: again and again a random one of those left is moved over. Source: R. A. Fisher
 * and F. Yates, "Statistical Tables" (1938).
 */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  const shuffled: Item[] = [];
  while (left.length > 0) shuffled.push(...left.splice(random.nextBelow(left.length), 1));
  return shuffled;
}

/**
 * xoshiro128**, from a state of four words that are not all zero. Source: D. Blackman and S. Vigna, "Scrambled linear
 * pseudorandom number generators", ACM Transactions on Mathematical Software 47 (2021).
 */
export function xoshiro128(state: readonly number[]): () => number {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  return () => {
    const drawn = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return drawn;
  };
}

/**
 * Spreads nearby seeds far apart: C. Wellons' lowbias32 (2018), the least biased of its shape that his search found. It maps
 * no two words to one, so of the four words of a state at most one is zero.
 */
function mix32(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}

const rotateLeft = (word: number, by: number) => (word << by) | (word >>> (32 - by));
