import { attemptsOf } from '../../domain/experiment/attempts';
import { cellsOf } from '../../domain/experiment/cells';
import type { CellCurves } from '../../domain/experiment/curves';
import { type ExperimentRecord, isControl, type NoiseFloor } from '../../domain/experiment/experiment';
import { findResults } from '../../domain/experiment/find-results';
import { calibrates, hostOf, noiseFloorOf } from '../../domain/experiment/noise-floor';
import { toPlannedRun } from '../../domain/experiment/planned-run';
import type { ExperimentResults } from '../../domain/experiment/results';
import { traceCurves } from '../../domain/experiment/trace-curves';
import type { ExperimentStore, RunStore } from '../../domain/ports';
import type { RunView } from '../../domain/run';

/** Controls further back than this are another time's machine. */
const CONTROLS_LOOKED_AT = 200;

/** Results, computed once for every state of the experiment that somebody asks for. */
export class ExperimentFindings {
  readonly #store: ExperimentStore & RunStore;
  readonly #known = new Map<string, { of: string; results: ExperimentResults }>();
  readonly #curves = new Map<string, { of: string; curves: CellCurves[] }>();

  constructor(store: ExperimentStore & RunStore) {
    this.#store = store;
  }

  results(record: ExperimentRecord, runs: readonly RunView[]): ExperimentResults {
    // What came out of an archive was calibrated where it was measured, or not at all.
    const imported = record.importedFrom !== null;
    const noiseFloor = imported ? record.frozenNoiseFloor : this.#floorFor(record, runs);
    const of = JSON.stringify([stateOf(record, runs), noiseFloor?.experimentId, noiseFloor?.measuredAt]);
    const known = this.#known.get(record.id);
    if (known?.of === of) return known.results;
    const results = findResults({ record, runs, noiseFloor, now: Date.now() });
    this.#known.set(record.id, { of, results });
    return results;
  }

  curves(record: ExperimentRecord, runs: readonly RunView[]): CellCurves[] {
    const of = stateOf(record, runs);
    const known = this.#curves.get(record.id);
    if (known?.of === of) return known.curves;
    const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
    const attempts = attemptsOf(record.plan, planned, Date.now());
    const intervals = (id: string) => this.#store.intervals(id);
    const curves = cellsOf(record.plan).map(({ index }) => traceCurves(record.plan, attempts, { cell: index, intervals }));
    // Curves are large; those of the experiment looked at last are enough.
    this.#curves.clear();
    this.#curves.set(record.id, { of, curves });
    return curves;
  }

  /** The newest control of the same base, workload and machine that has the pairs for a band. */
  #floorFor(record: ExperimentRecord, runs: readonly RunView[]): NoiseFloor | null {
    if (isControl(record.plan)) return null;
    const host = hostOf(runs);
    const { rows } = this.#store.experiments({ limit: CONTROLS_LOOKED_AT });
    for (const control of rows) {
      if (control.id === record.id || !isControl(control.plan) || !calibrates(control.plan, record.plan)) continue;
      const own = this.#store.experimentRuns(control.id);
      if (hostOf(own) !== host) continue;
      const planned = own.flatMap((run) => toPlannedRun(run) ?? []);
      const floor = noiseFloorOf(control, planned, Date.now());
      if (floor !== null) return floor;
    }
    return null;
  }
}

const stateOf = (record: ExperimentRecord, runs: readonly RunView[]) =>
  JSON.stringify([record.state, record.grantedRetries.length, runs.map(({ config, state }) => [config.id, state])]);
