import type { ExperimentView, PlannedRun } from '@/server/domain/experiment/experiment';
import { isOver } from '@/server/domain/run';
import { formatNs } from './format';

/** Tells an experiment's progress on stderr: a line for each run that ends, and one for each change of its state. */
export class ExperimentLines {
  readonly #told = new Set<string>();
  #state = '';

  show(view: ExperimentView): void {
    const { record, runs, progress } = view;
    for (const run of runs) {
      if (!isOver(run.state) || this.#told.has(run.runId)) continue;
      this.#told.add(run.runId);
      const eta = progress.etaMs === null ? '' : `, ${Math.ceil(progress.etaMs / 60_000)} min left`;
      say(`${progress.runsOver} of ${progress.runsExpected}${eta}  ${sayRun(run, view)}`);
    }
    const state = `${record.id} is ${record.state}${record.note === null ? '' : `: ${record.note}`}`;
    if (state !== this.#state) say(state);
    this.#state = state;
  }
}

function sayRun(run: PlannedRun, { cells }: ExperimentView): string {
  const cell = cells[run.cell];
  const where = `${cell?.scenario ?? ''}${cell === undefined || cell.workload.clients === 1 ? '' : `, ${cell.workload.clients} clients`}`;
  const words = [
    `${run.runId}  ${where} pair ${run.pair} ${run.variant}`,
    `p50 ${formatNs(run.figures.p50)}`,
    run.verdict ?? run.state,
  ];
  if (run.reason !== null) words.push(run.reason);
  return words.join('  ');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
