import { cellsOf } from '../domain/experiment/cells';
import type { ExperimentPlan, NoiseFloor } from '../domain/experiment/experiment';
import { sameWorkload } from '../domain/experiment/noise-floor';
import { type Block, code, left, plain, right, type Section } from './report-document';
import { sayRange, sayTime } from './report-figures';
import type { ReportInput } from './report-input';
import { placeOf, titleOf } from './results-section';

/** How far the base moves against itself, and where that is known from. */
export function noiseSection({ results, view }: ReportInput): Section {
  const { isControl, noiseFloor, noiseNote } = results;
  return { title: 'Noise floor', blocks: isControl ? [OWN] : blocksOf(noiseFloor, noiseNote, view.record.plan) };
}

const OWN: Block = {
  kind: 'paragraph',
  text: 'This is a control: both sides are the same variant, and its intervals are the noise floor of experiments with the same base, workload and machine.',
};

function blocksOf(floor: NoiseFloor | null, note: string | null, plan: ExperimentPlan): Block[] {
  if (floor === null) return [{ kind: 'paragraph', text: note ?? 'There is none.' }];
  const cells = cellsOf(plan).flatMap((cell) =>
    floor.cells
      .filter(({ scenario, workload }) => scenario === cell.scenario && sameWorkload(workload, cell.workload))
      .map(({ metric, n, band }) => [
        code(placeOf(plan, { ...cell, cell: cell.index })),
        plain(titleOf(metric)),
        plain(String(n)),
        plain(sayRange(band)),
      ]),
  );
  const text = `From the control ${floor.experimentId}, which ended ${sayTime(floor.measuredAt)}: the 95 % interval of its median ratio, widened to lie evenly about 1. A median inside it is not shown as a difference.`;
  const head = [left('scenario'), left('metric'), right('pairs'), right('band')];
  return [
    { kind: 'paragraph', text },
    { kind: 'table', caption: 'The base against itself', head, rows: cells },
  ];
}
