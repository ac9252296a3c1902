import type { Attempt } from '../domain/experiment/attempts';
import type { PlannedRun } from '../domain/experiment/experiment';
import type { RunView } from '../domain/run';
import type { RunGate } from '../domain/validity/validity';
import { faultsAndSafety } from './faults-section';
import { type Block, type Cell, code, left, plain, right, type Section, sentence } from './report-document';
import type { ReportInput } from './report-input';
import { placeOf } from './results-section';
import { settledAttempts } from './settled-attempts';
import { sideOf } from './side-label';

/** How often each gate held against a run, and every run that was left out, with what to do about it. */
export function gatesSection(input: ReportInput): Section {
  return { title: 'Validity', blocks: [countBlock(input), ...faultsAndSafety(input), leftOutBlock(input)] };
}

function countBlock({ results, runs }: ReportInput): Block {
  if (results.gates.length === 0) {
    const text = runs.length === 0 ? 'No run was judged yet.' : 'Every run passed every gate.';
    return { kind: 'paragraph', text };
  }
  return {
    kind: 'table',
    caption: 'Gates that not every run passed, in runs',
    head: [left('gate'), right('suspect'), right('invalid'), right('unknown')],
    rows: results.gates.map(({ title, suspect, invalid, unknown }) => [
      plain(title),
      { text: String(suspect), ...(suspect > 0 ? { tone: 'warn' as const } : {}) },
      { text: String(invalid), ...(invalid > 0 ? { tone: 'bad' as const } : {}) },
      plain(String(unknown)),
    ]),
  };
}

function leftOutBlock(input: ReportInput): Block {
  const rows = settledAttempts(input).flatMap((attempt) => leftOutRows(attempt, input));
  if (rows.length === 0) return { kind: 'paragraph', text: 'No run was left out.' };
  return {
    kind: 'table',
    caption: 'Runs that were left out',
    head: [
      left('run'),
      left('scenario'),
      right('pair'),
      right('attempt'),
      left('side'),
      left('gate'),
      sentence('number'),
      sentence('why'),
      sentence('what to do'),
    ],
    rows,
  };
}

function leftOutRows(attempt: Attempt, { view, runs }: ReportInput): Cell[][] {
  if (attempt.outcome !== 'left_out' && attempt.outcome !== 'broken_off') return [];
  return attempt.runs.flatMap((run) => {
    const gates = gatesAgainst(runs.find(({ config }) => config.id === run.runId));
    const reasons = gates.length > 0 ? gates.map(gateCells) : [besideCells(attempt, run)];
    const scenario = view.cells[run.cell]?.scenario ?? '';
    const place = [
      code(placeOf(view.record.plan, { scenario, cell: run.cell })),
      plain(String(run.pair)),
      plain(String(run.attempt)),
    ];
    return reasons.map((reason) => [code(run.sourceId), ...place, code(sideOf(view.record.plan, run.side).label), ...reason]);
  });
}

function gatesAgainst(run: RunView | undefined): RunGate[] {
  return (run?.validity?.gates ?? []).filter(({ state }) => state === 'suspect' || state === 'invalid');
}

function gateCells({ title, state, value, detail, remedy }: RunGate): Cell[] {
  return [
    { text: `${title}: ${state}`, tone: state === 'invalid' ? 'bad' : 'warn' },
    plain(value),
    plain(detail),
    plain(remedy ?? ''),
  ];
}

/** A run with nothing against it that is left out with its pair. */
function besideCells({ outcome }: Attempt, { verdict, state }: PlannedRun): Cell[] {
  const why =
    outcome === 'broken_off' ? 'The pair was broken off, and begun anew.' : 'Left out together with what ran beside it.';
  return [plain(verdict ?? state), plain(''), plain(why), plain('')];
}
