import { middleOf, type Pair } from './median';
import { createRandom } from './random';

/** How many draws had this pair of the sorted values in the middle. */
export type MedianDraw = Pair & { count: number };

/** A few kilobytes each at n = 20, 120 kB at most for 10,000 draws. */
const TABLES_KEPT = 32;
const tables = new Map<string, readonly MedianDraw[]>();

/**
 * Draws n indices out of n with replacement, `draws` times, and counts which pair stood in the middle. A resampled median
 * is the mean of that pair whatever the values are, so one table serves every metric of an experiment; the last ones are
 * kept.
 */
export function drawMedians(n: number, seed: number, draws: number): readonly MedianDraw[] {
  const key = `${n} ${seed} ${draws}`;
  const table = tables.get(key) ?? countMedians(n, seed, draws);
  tables.delete(key);
  tables.set(key, table);
  for (const oldest of tables.keys()) {
    if (tables.size <= TABLES_KEPT) break;
    tables.delete(oldest);
  }
  return table;
}

function countMedians(n: number, seed: number, draws: number): MedianDraw[] {
  const random = createRandom(seed);
  const middle = middleOf(n);
  const drawn = new Uint32Array(n);
  const counted = new Map<number, MedianDraw>();
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = 0; at < n; at += 1) drawn[at] = random.nextBelow(n);
    drawn.sort();
    const [lower = 0, upper = 0] = [drawn[middle.lower], drawn[middle.upper]];
    const seen = counted.get(lower * n + upper);
    if (seen) seen.count += 1;
    else counted.set(lower * n + upper, { lower, upper, count: 1 });
  }
  return [...counted.values()];
}
