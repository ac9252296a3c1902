'use client';
import { replaceEqualDeep } from '@tanstack/react-query';
import { CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import { memo, useMemo, useRef } from 'react';
import { Card, CardHead } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import type { ExperimentView, MetricResult } from '@/server/api/types';
import { LeftOutList } from './left-out-list';
import { layOutMatrix, type MatrixGroup } from './matrix';
import { MatrixGroupRows } from './matrix-group';
import { orderWords } from './plan-words';

type PlanMatrixProps = {
  view: ExperimentView;
  /** Of the results, as far as they are known. */
  rows: readonly MetricResult[] | null;
  onChange: () => void;
};

/** The plan, filling in as runs finish; a column is one round. */
export function PlanMatrix({ view, rows, onChange }: PlanMatrixProps) {
  const { record, cells, runs, pairs, running } = view;
  const groups = useSame(useMemo(() => layOutMatrix({ record, cells, pairs, runs }), [record, cells, pairs, runs]));
  const medians = useMemo(() => mediansByCell(rows ?? []), [rows]);
  const now = running?.place ?? null;
  return (
    <Card label="Plan">
      <CardHead
        actions={<Legend />}
        context={
          <span className="max-md:hidden">
            p50 in µs per run; a column is one round, order {orderWords(record.plan)}
            {cells.length > 1 ? ', cells rotate' : ''}
          </span>
        }
        title="Plan"
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
      <div className="-outline-offset-2 relative overflow-x-auto" tabIndex={0}>
        <table aria-label="Runs of the plan" className="w-full border-separate border-spacing-0">
          <MatrixHead current={now?.pair ?? null} pairs={record.plan.pairs} />
          {groups.map((group) => (
            <MatrixGroupRows
              cells={cells}
              group={group}
              key={group.cell.index}
              medians={medians.get(group.cell.index) ?? NONE}
              plan={record.plan}
              running={now?.cell === group.cell.index ? running : null}
            />
          ))}
        </table>
      </div>
      <LeftOutList cells={cells} onChange={onChange} pairs={pairs} record={record} runs={runs} />
    </Card>
  );
}

const NONE: MetricResult[] = [];

/** Parts that did not change stay the same objects, so that only the group that measures is drawn again. */
function useSame(groups: MatrixGroup[]): MatrixGroup[] {
  const last = useRef(groups);
  last.current = replaceEqualDeep(last.current, groups);
  return last.current;
}

function mediansByCell(rows: readonly MetricResult[]): Map<number, MetricResult[]> {
  const medians = new Map<number, MetricResult[]>();
  for (const row of rows) {
    if (row.metric === 'p50') medians.set(row.cell, [...(medians.get(row.cell) ?? []), row]);
  }
  return medians;
}

const MatrixHead = memo(function MatrixHead({ pairs, current }: { pairs: number; current: number | null }) {
  const head = 'h-[30px] border-line border-b font-medium text-12 text-fg-3';
  return (
    <thead>
      <tr>
        <th className={`${head} sticky left-0 z-10 bg-surface max-md:hidden`}>
          <span className="sr-only">Scenario</span>
        </th>
        <th className={`${head} sticky left-0 z-10 bg-surface md:left-[118px]`}>
          <span className="sr-only">Variant</span>
        </th>
        {Array.from({ length: pairs }, (_, index) => index + 1).map((round) => (
          <th className={`${head} ${round === current ? 'text-accent' : ''}`} key={round} scope="col">
            {round}
            {round === current ? <span className="sr-only">, now</span> : null}
          </th>
        ))}
        <th className={`${head} sticky right-0 z-10 border-l bg-surface max-md:hidden`} scope="col">
          Median ratio
        </th>
      </tr>
    </thead>
  );
});

function Legend() {
  return (
    <span
      aria-hidden="true"
      className="flex flex-wrap gap-x-3.5 gap-y-1 text-12 text-fg-2 [&>span]:inline-flex [&>span]:items-center [&>span]:gap-1.5"
    >
      <span>
        <span className="h-2.5 w-3.5 rounded-[3px] bg-surface-3 ring-1 ring-line-strong ring-inset" />
        valid
      </span>
      <span>
        <Icon className="text-warn" of={TriangleAlert} size={12} />
        suspect
      </span>
      <span>
        <Icon className="text-bad" of={CircleX} size={12} />
        invalid
      </span>
      <span>
        <Icon className="text-accent" of={LoaderCircle} size={12} />
        running
      </span>
      <span>
        <span className="h-2.5 w-3.5 rounded-[3px] border border-line-strong" />
        queued
      </span>
    </span>
  );
}
