import clsx from 'clsx';
import { ArrowDown, ArrowUp, Check, type LucideIcon, Minus, TriangleAlert } from 'lucide-react';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Quiet } from '@/components/ui/badge';
import { formatCount, formatRatio } from '@/components/ui/format';
import { Td, Tr } from '@/components/ui/table';
import type { Cell, ExperimentPlan, MetricResult } from '@/server/api/types';
import { ForestMark } from './forest-mark';
import { isControl, METRIC_TITLES, workloadDifference } from './plan-words';
import { isBetter, type ResultGroup, readingWords, showFigure, showP, showRange } from './read-results';

type ResultRowsProps = {
  group: ResultGroup;
  cells: readonly Cell[];
  plan: ExperimentPlan;
  reach: number;
  /** Some row has a published band beside it. */
  published: boolean;
  /** A row of its own says which cell and variant these are. */
  titled: boolean;
};

export function ResultRows({ group, cells, plan, reach, published, titled }: ResultRowsProps) {
  const [first] = group.rows;
  if (first === undefined) return null;
  const difference = workloadDifference(first.workload, cells);
  return (
    <>
      {titled ? (
        <tr className="border-line border-b bg-surface-2">
          <th
            className="h-8 whitespace-nowrap px-4 text-left font-normal text-12 text-fg-2"
            colSpan={published ? 11 : 10}
            scope="rowgroup"
          >
            <span className="mono font-medium text-fg">{first.scenario}</span>
            {difference === '' ? '' : `, ${difference}`}
            {first.replicas === 0 ? '' : `, N = ${first.replicas}`}
            {isControl(plan) ? null : (
              <>
                , <VariantTag variant={first.variant} />
              </>
            )}
          </th>
        </tr>
      ) : null}
      {group.rows.map((row) => (
        <Tr key={row.metric}>
          <Td
            className={clsx(
              row.metric === 'p50' ? 'font-semibold' : 'font-medium',
              'max-md:sticky max-md:left-0 max-md:bg-surface',
            )}
          >
            {METRIC_TITLES[row.metric]}
            {row.metric === 'p50' ? <span className="ml-1.5 font-normal text-12 text-fg-3">primary</span> : null}
          </Td>
          <Td className="text-fg-2" numeric>
            {formatCount(row.n)}
          </Td>
          <Td numeric>{showFigure(row, row.baseMedian)}</Td>
          <Td numeric>{showFigure(row, row.variantMedian)}</Td>
          <Td className="font-semibold" numeric>
            {formatRatio(row.medianRatio)}
          </Td>
          <Td className="text-fg-2" numeric>
            {showRange(row.ci95)}
          </Td>
          <Td>
            <ForestMark reach={reach} row={row} />
          </Td>
          <Td className="text-fg-2" numeric>
            {showP(row.p)}
          </Td>
          <Td className="text-fg-2" numeric>
            {showP(row.pHolm)}
          </Td>
          <Td>
            <Reading row={row} />
          </Td>
          {published ? (
            <Td className="text-12">
              <Published row={row} />
            </Td>
          ) : null}
        </Tr>
      ))}
    </>
  );
}

function Reading({ row }: { row: MetricResult }) {
  const better = isBetter(row);
  if (better === true) {
    return (
      <Quiet icon={Check} tone="ok">
        {readingWords(row)}
      </Quiet>
    );
  }
  const icon: LucideIcon = better === null ? Minus : row.reading === 'higher' ? ArrowUp : ArrowDown;
  return (
    <Quiet icon={icon}>
      {readingWords(row)}
      {better === false && (row.metric === 'throughput' || row.metric === 'leaderCpuPerRequest') ? ', worse' : ''}
    </Quiet>
  );
}

function Published({ row: { paper, paperReading } }: { row: MetricResult }) {
  if (paper === null) return null;
  const range = <span className="text-fg-2">{showRange(paper.range)}</span>;
  if (paperReading === null) return range;
  if (paperReading.state === 'inside') return <>{range} inside</>;
  return (
    <>
      {range}{' '}
      <Quiet icon={TriangleAlert} tone="warn">
        outside
      </Quiet>
    </>
  );
}
