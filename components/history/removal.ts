import type { HistoryRow } from '@/server/api/types';

export type Removal = {
  /** What is asked to go. */
  ids: string[];
  /** Runs that stay because an experiment is removed as a whole, by its id. */
  held: { experiment: string; runs: number }[];
};

/** Parts the picked runs into those that can go and those that an experiment holds, as far as their rows are known. */
export function planRemoval(picked: readonly string[], rows: readonly Pick<HistoryRow, 'id' | 'place'>[]): Removal {
  const experimentOf = new Map(rows.flatMap(({ id, place }) => (place === null ? [] : [[id, place.experimentId]])));
  const held = new Map<string, number>();
  for (const id of picked) {
    const experiment = experimentOf.get(id);
    if (experiment !== undefined) held.set(experiment, (held.get(experiment) ?? 0) + 1);
  }
  return {
    ids: picked.filter((id) => !experimentOf.has(id)),
    held: [...held].map(([experiment, runs]) => ({ experiment, runs })),
  };
}
