import { ascending } from './median';

/**
 * Twice the rank of each value, in the order given, so that the mean rank which tied values share stays a whole number:
 * 2, 4, 6, ... without ties.
 */
export function doubledRanks(values: readonly number[]): number[] {
  const doubled = new Map<number, number>();
  for (const [at, value] of values.toSorted(ascending).entries()) {
    const first = doubled.get(value);
    // Ranks a..b share (a + b) / 2: each further tie moves b, and with it the doubled rank, by one.
    doubled.set(value, first === undefined ? 2 * (at + 1) : first + 1);
  }
  return values.map((value) => doubled.get(value) ?? Number.NaN);
}
