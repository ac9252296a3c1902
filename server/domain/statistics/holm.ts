/**
 * Step-down adjusted p values, in the order given: comparing each with 0.05 keeps the chance of any false alarm among them
 * at 5 %. null is a test that was not made; it stays null and does not count. Source: S. Holm, "A simple sequentially
 * rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
 */
export function holmAdjust(ps: readonly (number | null)[]): (number | null)[] {
  const ordered = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((one, other) => one.p - other.p);
  const adjusted: (number | null)[] = ps.map(() => null);
  let highest = 0;
  for (const [before, { p, at }] of ordered.entries()) {
    highest = Math.min(1, Math.max(highest, (ordered.length - before) * p));
    adjusted[at] = highest;
  }
  return adjusted;
}
