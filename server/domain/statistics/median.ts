/** The middle value, the mean of the middle two if their number is even; null of nothing. Leaves `values` as they are. */
export function median(values: readonly number[]): number | null {
  return medianOfSorted(values.toSorted(ascending));
}

/** The same for values already in ascending order. */
export function medianOfSorted(sorted: readonly number[]): number | null {
  return sorted.length === 0 ? null : meanOfPair(sorted, middleOf(sorted.length));
}

/** Indices into sorted values; one index twice if a single value stands in the middle. */
export type Pair = { lower: number; upper: number };

/** The middle two of n sorted values, n >= 1. */
export function middleOf(n: number): Pair {
  return { lower: Math.ceil(n / 2) - 1, upper: Math.floor(n / 2) };
}

export function meanOfPair(sorted: readonly number[], { lower, upper }: Pair): number {
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
}

export const ascending = (one: number, other: number) => one - other;
