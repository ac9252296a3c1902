import { LabError } from '../domain/errors';
import type { RunLibrary, RunStore } from '../domain/ports';
import type { RunId } from '../domain/run';
import type { RetentionPlan, RetentionPolicy, RunFacets, RunMarks } from '../domain/run-marks';

/** What people do with finished runs; the store keeps the rules. */
export class HistoryDesk {
  readonly #store: RunLibrary & RunStore;

  constructor(store: RunLibrary & RunStore) {
    this.#store = store;
  }

  facets(): RunFacets {
    return this.#store.facets();
  }

  /** Returns the marks as they were taken: trimmed, each tag once. */
  setMarks(id: RunId, marks: RunMarks): RunMarks {
    if (this.#store.view(id) === null) throw new LabError('unknown_run', `there is no run ${id}`);
    this.#store.setMarks(id, marks);
    return this.#store.marks(id);
  }

  remove(ids: RunId[]): Promise<{ runs: number; bytes: number }> {
    return this.#store.removeRuns(ids);
  }

  size(): { databaseBytes: number; fileBytes: number; runs: number } {
    return this.#store.size();
  }

  retentionPolicy(): RetentionPolicy {
    return this.#store.retentionPolicy();
  }

  planRetention(policy: RetentionPolicy): RetentionPlan {
    this.#store.setRetentionPolicy(policy);
    return this.#store.planRetention(policy, Date.now());
  }

  applyRetention(policy: RetentionPolicy, ids: RunId[]): Promise<{ runs: number; bytes: number }> {
    return this.#store.applyRetention(policy, ids, Date.now());
  }
}
