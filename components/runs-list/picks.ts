/** Runs that somebody picked, to compare, export or remove. */

/** Beyond this an address grows longer than servers take; the picks are then kept by the page alone. */
export const PICKS_IN_ADDRESS = 200;

/** Picks as the address holds them; what is no id of a run is dropped. */
export function readPicks(text: string): string[] {
  return [...new Set(text.split(',').filter((id) => /^r-\d{4,9}$/.test(id)))];
}

/** Adds a run, or takes it back. */
export function togglePick(picked: readonly string[], id: string): string[] {
  return picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id];
}

/** Picks all of them; takes all back if they were picked already. */
export function togglePicks(picked: readonly string[], ids: readonly string[]): string[] {
  const known = new Set(picked);
  if (ids.every((id) => known.has(id))) {
    const shown = new Set(ids);
    return picked.filter((id) => !shown.has(id));
  }
  return [...new Set([...picked, ...ids])];
}

/** Where picked runs are compared, baselines first, else the older ones; null for fewer than two. */
export function compareAddress(
  picked: readonly string[],
  rows: readonly { id: string; variant: string }[] = [],
): string | null {
  if (picked.length < 2) return null;
  const baselines = new Set(rows.flatMap((row) => (row.variant === 'baseline' ? [row.id] : [])));
  const rank = (id: string) => `${baselines.has(id) ? 0 : 1}${id.length}${id}`;
  const ids = [...picked].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return `/compare?runs=${ids.map(encodeURIComponent).join(',')}`;
}
