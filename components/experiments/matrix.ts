import { isOver } from '@/components/runs/use-run-view';
import type { Cell, ExperimentView, PlannedRun } from '@/server/api/types';
import { type Pair, pairKey, pairsOf } from './pairs';

export type RunLook = 'valid' | 'suspect' | 'invalid' | 'interrupted' | 'running';

/** What stands in one field: a run, one that is to come, or one that will never be. */
export type MatrixField = { kind: 'run'; run: PlannedRun; look: RunLook } | { kind: 'queued' } | { kind: 'absent' };

export type MatrixRow = { side: number; variant: string; fields: MatrixField[] };

/** One cell of the plan: a row per side, a column per round. `pairs` says for each round how the pair stands; null: not begun. */
export type MatrixGroup = { cell: Cell; rows: MatrixRow[]; pairs: (Pair['state'] | null)[] };

/** The plan as a matrix, filled with the newest attempt at each pair. */
export function layOutMatrix(view: Pick<ExperimentView, 'record' | 'cells' | 'pairs' | 'runs'>): MatrixGroup[] {
  const { plan, state } = view.record;
  const pairs = pairsOf(view);
  const over = state === 'done' || state === 'cancelled';
  const rounds = Array.from({ length: plan.pairs }, (_, index) => index + 1);
  return view.cells.map((cell) => {
    const begun = rounds.map((round) => pairs.get(pairKey({ cell: cell.index, pair: round })) ?? null);
    return {
      cell,
      rows: plan.variants.map((variant, side) => ({ side, variant, fields: begun.map((pair) => fieldOf(pair, side, over)) })),
      pairs: begun.map((pair) => pair?.state ?? null),
    };
  });
}

function fieldOf(pair: Pair | null, side: number, over: boolean): MatrixField {
  const run = pair?.attempts.at(-1)?.runs.find((each) => each.side === side);
  if (run !== undefined) return { kind: 'run', run, look: lookOf(run) };
  return over || pair?.state === 'given_up' ? { kind: 'absent' } : { kind: 'queued' };
}

export function lookOf({ state, verdict }: Pick<PlannedRun, 'state' | 'verdict'>): RunLook {
  if (!isOver(state)) return 'running';
  if (state === 'interrupted') return 'interrupted';
  return verdict ?? 'invalid';
}

export type Segment = { look: RunLook | 'queued'; runs: number };

/** More pieces than this are too thin to be told apart on a phone. */
const MOST_SEGMENTS = 120;

/** The bar below the figures: a piece per run in the order they ran; neighbours alike are one piece where there are too many. */
export function segmentsOf({ runs, progress }: Pick<ExperimentView, 'runs' | 'progress'>): Segment[] {
  const queued = Math.max(0, progress.runsExpected - runs.length);
  const singles: Segment[] = [
    ...runs.map((run) => ({ look: lookOf(run), runs: 1 })),
    ...Array.from({ length: queued }, () => ({ look: 'queued' as const, runs: 1 })),
  ];
  return singles.length <= MOST_SEGMENTS ? singles : joined(singles);
}

function joined(segments: readonly Segment[]): Segment[] {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    if (last?.look === segment.look) last.runs += segment.runs;
    else out.push({ ...segment });
  }
  return out;
}
