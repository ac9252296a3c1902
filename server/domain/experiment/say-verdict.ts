import { times } from '../wording';
import { LEAST_PAIRS } from './estimate-ratio';
import { type ExperimentRecord, isControl, type PlannedRun } from './experiment';
import { PRIMARY } from './metrics';
import type { ExperimentResults, MetricResult } from './results';

type Found = {
  record: ExperimentRecord;
  rows: readonly MetricResult[];
  planned: readonly PlannedRun[];
  hasFloor: boolean;
};

/** The sentence that stands first, and what stands behind it. It speaks of the primary metric alone. */
export function sayVerdict({ record, rows, planned, hasFloor }: Found): ExperimentResults['verdict'] {
  const primary = rows.filter(({ metric }) => metric === PRIMARY);
  const counted = primary.filter(({ n }) => n > 0);
  if (counted.length === 0) {
    const detail = planned.length === 0 ? 'Nothing has run yet.' : sayLeftOut(planned);
    return { kind: 'none', headline: 'No pair counts yet, so nothing is compared.', detail };
  }
  const enough = primary.every(({ n }) => n >= LEAST_PAIRS);
  const over = record.state === 'done' || record.state === 'cancelled';
  const headline = isControl(record.plan) ? sayControl(counted) : sayVariants(primary);
  const detail = [
    over ? '' : 'Preliminary: the experiment is not over.',
    enough ? '' : `An interval that carries a claim needs ${LEAST_PAIRS} pairs per cluster size; not every one has them.`,
    counted.map(sayInterval).join('; ').concat('.'),
    'Every counted run proved its mechanism, lost no copy, and ended with one log on all replicas.',
    sayLeftOut(planned),
    hasFloor || isControl(record.plan) ? '' : 'No A/A control calibrates the noise of this machine.',
  ];
  return { kind: over && enough ? 'final' : 'preliminary', headline, detail: detail.filter((words) => words !== '').join(' ') };
}

/** `TC_BROADCAST: 10 % faster at the median with scenario5; no difference shown with scenario3.` */
function sayVariants(rows: readonly MetricResult[]): string {
  const sides = [...new Set(rows.map(({ side }) => side))];
  return sides
    .map((side) => {
      const own = rows.filter((row) => row.side === side);
      const shown = own.filter(({ reading }) => reading === 'lower' || reading === 'higher').map(sayShown);
      const rest = [
        sayGroup('no difference shown', own, 'no_difference_shown'),
        sayGroup('too few pairs', own, 'too_few_pairs'),
      ];
      return `${nameOf(own[0])}: ${[...shown, ...rest].filter((words) => words !== '').join('; ')}.`;
    })
    .join(' ');
}

function sayShown(row: MetricResult): string {
  const percent = Math.max(1, Math.round(Math.abs((row.medianRatio ?? 1) - 1) * 100));
  return `${percent} % ${row.reading === 'lower' ? 'faster' : 'slower'} at the median with ${placeOf(row)}`;
}

function sayGroup(words: string, rows: readonly MetricResult[], reading: MetricResult['reading']): string {
  const places = rows.filter((row) => row.reading === reading).map(placeOf);
  return places.length === 0 ? '' : `${words} with ${places.join(', ')}`;
}

/** A control says how far the machine moves by itself. */
function sayControl(rows: readonly MetricResult[]): string {
  const moved = rows.map((row) => `${sayPercent(row.medianRatio)} with ${placeOf(row)}`);
  return `${rows[0]?.base ?? ''} against itself differed at the median by ${moved.join(', ')}.`;
}

function sayInterval(row: MetricResult): string {
  const interval = row.ci95 === null ? 'no interval' : `95 % CI ${row.ci95.map((bound) => bound.toFixed(3)).join(' to ')}`;
  const p = row.p === null ? '' : `, p ${row.p < 0.001 ? '< 0.001' : row.p.toFixed(3)}`;
  return `${placeOf(row)}: p50 ratio ${row.medianRatio?.toFixed(3) ?? 'unknown'}, ${interval}${p}, ${times(row.n, 'pair')}`;
}

function sayLeftOut(planned: readonly PlannedRun[]): string {
  const count = (verdict: PlannedRun['verdict']) => planned.filter((run) => run.verdict === verdict).length;
  const [suspect, invalid] = [count('suspect'), count('invalid')];
  if (suspect + invalid === 0) return `None of ${times(planned.length, 'run')} was left out.`;
  return `Left out of ${times(planned.length, 'run')}: ${suspect} suspect, ${invalid} invalid, and what ran beside them.`;
}

function nameOf(row: MetricResult | undefined): string {
  return row === undefined ? '' : row.variant === row.base ? row.variant : row.variant.toUpperCase();
}

const placeOf = ({ scenario, workload }: MetricResult) =>
  workload.clients === 1 ? scenario : `${scenario}, ${workload.clients} clients`;

const sayPercent = (ratio: number | null) => (ratio === null ? 'unknown' : `${((ratio - 1) * 100).toFixed(1)} %`);
