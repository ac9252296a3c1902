import type { RunId, RunLabel } from './run';

/** Label that marks every container and network the lab made; its value is a RunLabel. */
export const RUN_LABEL = 'electrode-lab.run';

export function labelOf(storeId: string, id: RunId): RunLabel {
  return `${storeId}-${id}`;
}

/** Compose project of a run: `electrode-lab-3fa9c1-r-0007`; every container and network name of it begins so. */
export function projectOf(label: RunLabel): string {
  return `electrode-lab-${label}`;
}

/** The run of this store that a label marks; null for a run of another store. */
export function runOf(storeId: string, label: RunLabel): RunId | null {
  return label.startsWith(`${storeId}-`) ? label.slice(storeId.length + 1) : null;
}
