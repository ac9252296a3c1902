import { expect, it } from 'vitest';
import { exampleRow } from '@/components/history/example-row';
import type { RunsComparison } from '@/server/api/types';
import { manyPanels } from './many-lines';

const UNKNOWN = { p50: null, p90: null, p99: null, p999: null, mean: null, throughput: null, leaderCpuPerRequest: null };

function runOf(id: string, variant: string, ns: number): RunsComparison['runs'][number] {
  return {
    summary: exampleRow({ id, variant }),
    figures: UNKNOWN,
    reason: null,
    faults: null,
    percentiles: [
      { percentile: 50, ns },
      { percentile: 99, ns: ns * 2 },
    ],
    ecdf: [
      { ns, share: 0.5 },
      { ns: ns * 2, share: 1 },
    ],
  };
}

function groupOf(variant: string, runs: RunsComparison['runs'], scenario = 'scenario5'): RunsComparison['groups'][number] {
  const ids = runs.map(({ summary }) => summary.id);
  const { length } = ids;
  const figures = { medians: UNKNOWN, range: UNKNOWN };
  return { scenario, variant, workload: 'w', faults: null, runs: length, valid: length, ids, counted: ids, ...figures };
}

const baselines = [100, 104, 108].map((ns, at) => runOf(`r-001${at}`, 'baseline', ns));
const offloaded = [50, 60].map((ns, at) => runOf(`r-002${at}`, 'tc_broadcast', ns));
const runs = [...baselines, ...offloaded];

it('draws a line for each run while they are few, named by variant alone where that is enough', () => {
  const few = [...baselines.slice(0, 2), ...offloaded.slice(0, 1)];
  const groups = [groupOf('baseline', few.slice(0, 2)), groupOf('tc_broadcast', few.slice(2))];
  const [panel] = manyPanels({ runs: few, groups });
  expect(panel?.kind).toBe('runs');
  expect(panel?.percentiles.lines.map(({ side }) => side.label)).toEqual([
    'baseline r-0010',
    'baseline r-0011',
    'tc_broadcast',
  ]);
  expect(panel?.percentiles.lines[0]?.points).toContainEqual({ percentile: 50, ns: 100, range: null });
  expect(panel?.ecdf.lines[2]?.points).toBe(few[2]?.ecdf);
});

it('keeps runs apart that were disturbed otherwise', () => {
  const calm = groupOf('baseline', baselines.slice(0, 1));
  const disturbed = { ...groupOf('baseline', baselines.slice(1)), faults: 'at 5 s kill leader' };
  const panels = manyPanels({ runs, groups: [calm, disturbed] });
  expect(panels.map(({ workload }) => workload)).toEqual(['w', 'w; faults: at 5 s kill leader']);
});

it('draws the median run of each variant when they are many, with the lowest and highest around it', () => {
  const [panel] = manyPanels({ runs, groups: [groupOf('baseline', baselines), groupOf('tc_broadcast', offloaded)] });
  expect(panel?.kind).toBe('variants');
  expect(panel?.percentiles.lines.map(({ side }) => side.label)).toEqual(['baseline', 'tc_broadcast']);
  expect(panel?.percentiles.lines[0]?.points[0]).toEqual({ percentile: 50, ns: 104, range: [100, 108] });
  expect(panel?.percentiles.lines[1]?.points[0]).toEqual({ percentile: 50, ns: 55, range: [50, 60] });
  expect(panel?.ecdf.lines[0]?.points.find(({ share }) => share === 0.5)?.ns).toBe(104);
  expect(panel?.ecdf.lines[0]?.points.at(-1)).toEqual({ ns: 208, share: 1 });
});

it('leaves runs that do not count out of a median, and variants without one that does', () => {
  const groups = [
    { ...groupOf('baseline', baselines), counted: ['r-0010'] },
    { ...groupOf('tc_broadcast', offloaded), counted: [] },
  ];
  const [panel] = manyPanels({ runs, groups });
  expect(panel?.percentiles.lines).toHaveLength(1);
  expect(panel?.percentiles.lines[0]?.points[0]).toEqual({ percentile: 50, ns: 100, range: null });
});

it('keeps scenarios and workloads apart', () => {
  const groups = [groupOf('baseline', baselines, 'scenario3'), groupOf('tc_broadcast', offloaded)];
  expect(manyPanels({ runs, groups }).map(({ scenario, kind }) => [scenario, kind])).toEqual([
    ['scenario3', 'runs'],
    ['scenario5', 'runs'],
  ]);
});

it('keeps only percentiles that every run of a line has enough requests for', () => {
  const [first, ...rest] = runs;
  const short = first === undefined ? [] : [{ ...first, percentiles: first.percentiles.slice(0, 1) }, ...rest];
  const [panel] = manyPanels({ runs: short, groups: [groupOf('baseline', runs)] });
  expect(panel?.percentiles.lines[0]?.points.map(({ percentile }) => percentile)).toEqual([50]);
});
