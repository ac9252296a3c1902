import { doubledRanks } from './ranks';
import { requireFinite } from './require-finite';

export type SignedRank = {
  /** Differences that are not zero. */
  n: number;
  /** W+, the sum of the ranks of the positive differences. */
  statistic: number;
  /** Exact, two-sided. */
  p: number;
};

/**
 * Exact Wilcoxon signed-rank test that differences lie symmetrically about zero. A skew about a median of zero makes p small
 * too, so on its own it does not speak for a moved median: the interval of the median has to agree. Zeros are dropped
 * first, as Wilcoxon did; tied magnitudes share their mean rank, and p is exact for those ranks. If no difference is left,
 * n is 0 and p is 1: nothing speaks against zero. Magnitudes tie only when equal to the last bit, so take log ratios as
 * log(a) - log(b), which changes nothing but its sign when the sides are swapped. Time grows with the cube of n: 200
 * differences take some milliseconds. Throws RangeError at a difference that is not finite.
 * Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945).
 */
export function signedRank(differences: readonly number[]): SignedRank {
  requireFinite(differences);
  const kept = differences.filter((difference) => difference !== 0);
  const ranks = doubledRanks(kept.map(Math.abs));
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const positive = ranks.reduce((sum, rank, at) => sum + ((kept[at] ?? 0) > 0 ? rank : 0), 0);
  // The distribution is symmetric, so the further tail has the probability of the nearer one.
  const tail = chancesOfSums(ranks)
    .subarray(0, Math.min(positive, total - positive) + 1)
    .reduce((sum, chance) => sum + chance, 0);
  return { n: kept.length, statistic: positive / 2, p: Math.min(1, 2 * tail) };
}

/**
 * Probability of every sum of doubled ranks, by index, when each rank is positive or not with probability 1/2. Chances
 * are halved as they are added up, where counts would outgrow 2^53 beyond 53 ranks.
 */
function chancesOfSums(ranks: readonly number[]): Float64Array {
  const chances = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 1));
  chances[0] = 1;
  let highest = 0;
  for (const rank of ranks) {
    highest += rank;
    for (let sum = highest; sum >= rank; sum -= 1) chances[sum] = ((chances[sum] ?? 0) + (chances[sum - rank] ?? 0)) / 2;
    for (let sum = 0; sum < rank; sum += 1) chances[sum] = (chances[sum] ?? 0) / 2;
  }
  return chances;
}
