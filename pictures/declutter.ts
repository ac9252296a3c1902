/**
 * Moves labels apart so that each has `gapPx` to the next, keeps their order and stays between `top` and `bottom`, with
 * the least sum of squared moves: isotonic regression by pooling adjacent violators. Returned in the order given. Where there
 * is no room for all, they share it evenly.
 */
export function spreadApart(wanted: readonly number[], gapPx: number, [top, bottom]: readonly [number, number]): number[] {
  if (wanted.length === 0) return [];
  const gap = wanted.length === 1 ? gapPx : Math.min(gapPx, (bottom - top) / (wanted.length - 1));
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const level = poolViolators(order.map((index, rank) => (wanted[index] ?? 0) - rank * gap));
  const lowest = bottom - (wanted.length - 1) * gap;
  const placed: number[] = [];
  order.forEach((index, rank) => {
    placed[index] = Math.max(top, Math.min(level[rank] ?? top, lowest)) + rank * gap;
  });
  return placed;
}

/** The closest list that never falls: neighbours that do are replaced by their mean. */
function poolViolators(values: readonly number[]): number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const value of values) {
    let pool = { sum: value, count: 1 };
    for (let last = pools.at(-1); last !== undefined && last.sum / last.count > pool.sum / pool.count; last = pools.at(-1)) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
}
