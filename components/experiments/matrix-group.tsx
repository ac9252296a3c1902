'use client';
import clsx from 'clsx';
import { memo, type ReactNode } from 'react';
import { VariantMark, VariantTag } from '@/components/scenarios/variant-mark';
import { formatPlural, formatRatio } from '@/components/ui/format';
import type { Cell, ExperimentPlan, ExperimentView, MetricResult } from '@/server/api/types';
import type { MatrixGroup } from './matrix';
import { MatrixField } from './matrix-field';
import { sideWord, workloadDifference } from './plan-words';

type MatrixGroupProps = {
  group: MatrixGroup;
  cells: readonly Cell[];
  plan: ExperimentPlan;
  /** p50, one per side but the base. */
  medians: readonly MetricResult[];
  /** Set while a run of this group measures. */
  running: ExperimentView['running'];
};

/** One scenario under one workload: a row per variant, a row of ratios, and the median ratio beside them. */
export const MatrixGroupRows = memo(function MatrixGroupRows({ group, cells, plan, medians, running }: MatrixGroupProps) {
  const { cell, rows, pairs } = group;
  const others = rows.slice(1);
  const height = rows.length + others.length;
  const difference = workloadDifference(cell.workload, cells);
  const replicas = medians[0]?.replicas ?? 0;
  const title = (
    <>
      <span className="mono block">{cell.scenario}</span>
      <span className="block font-normal text-12 text-fg-3 leading-4">
        {replicas === 0 ? '' : `N = ${replicas}`}
        {replicas === 0 || difference === '' ? '' : ', '}
        {difference}
      </span>
    </>
  );
  const summary = <Medians medians={medians} plan={plan} />;
  return (
    <tbody className="group/rows last:[&>tr:last-child>*]:border-b-0 max-md:[&>tr:first-child>*]:pt-2 md:[&>tr:nth-child(2)>*]:pt-2 [&>tr:last-child>*]:border-line [&>tr:last-child>*]:border-b [&>tr:last-child>*]:pb-2">
      <tr className="md:hidden">
        <th className="sticky left-0 px-3 text-left font-medium" colSpan={plan.pairs + 1}>
          <div className="sticky left-3 flex max-w-[calc(100vw-50px)] items-start justify-between gap-3">
            <div>{title}</div>
            <div className="text-right">{summary}</div>
          </div>
        </th>
      </tr>
      {rows.map((row, at) => (
        <tr key={row.side}>
          {at === 0 ? (
            <th
              className="sticky left-0 z-10 w-[118px] min-w-[118px] border-line border-b bg-surface pl-4 group-last/rows:border-b-0 text-left align-top font-medium leading-7 max-md:hidden"
              rowSpan={height}
              scope="rowgroup"
            >
              {title}
            </th>
          ) : null}
          <RowHead>
            <VariantTag variant={row.variant} />
            <SideNote plan={plan} side={row.side} />
          </RowHead>
          {row.fields.map((field, index) => (
            <MatrixField
              field={field}
              // biome-ignore lint/suspicious/noArrayIndexKey: a field is its round.
              key={index}
              running={field.kind === 'run' && running?.runId === field.run.runId ? running : null}
              variant={row.variant}
            />
          ))}
          {at === 0 ? (
            <td
              className="sticky right-0 z-10 w-[136px] min-w-[136px] border-line border-b border-l bg-surface px-2 group-last/rows:border-b-0 text-center align-middle max-md:hidden"
              rowSpan={height}
            >
              {summary}
            </td>
          ) : null}
        </tr>
      ))}
      {others.map((row) => (
        <tr key={row.side}>
          <RowHead>
            <span className="font-normal text-12 text-fg-3">ratio</span>
            {others.length > 1 ? <VariantMark variant={row.variant} /> : null}
            <span className="sr-only">of {row.variant}</span>
          </RowHead>
          {pairs.map((state, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a field is its round.
            <td className="h-7 text-center text-12" key={index}>
              <Ratio ratio={ratioOf(medians, row.side, index + 1)} state={state} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
});

function RowHead({ children }: { children: ReactNode }) {
  return (
    <th
      className="sticky left-0 z-10 w-[134px] min-w-[118px] bg-surface pr-2 pl-3 text-left font-medium md:left-[118px] md:pl-0"
      scope="row"
    >
      <span className="flex flex-wrap items-center gap-x-1.5">{children}</span>
    </th>
  );
}

function SideNote({ plan, side }: { plan: ExperimentPlan; side: number }) {
  const word = sideWord(plan, side);
  return word === null ? null : <span className="font-normal text-11 text-fg-3">{word}</span>;
}

/** The lab's own figure: what it counts, this shows. */
function ratioOf(medians: readonly MetricResult[], side: number, pair: number): number | null {
  return medians.find((row) => row.side === side)?.ratios.find((each) => each.pair === pair)?.ratio ?? null;
}

function Ratio({ ratio, state }: { ratio: number | null; state: MatrixGroup['pairs'][number] }) {
  if (ratio !== null) return <b>{formatRatio(ratio)}</b>;
  if (state === 'again') return <span className="text-warn">re-run</span>;
  return state === 'given_up' ? <span className="text-fg-3">left out</span> : null;
}

/** The median over the pairs that count; below six pairs nothing is called an interval that carries a claim. */
function Medians({ medians, plan }: { medians: readonly MetricResult[]; plan: ExperimentPlan }) {
  const several = medians.length > 1;
  return medians.map((row) => (
    <span className={clsx('block', several && 'not-first:mt-1.5')} key={row.side}>
      <span
        className={clsx(
          'font-semibold',
          several ? 'text-14' : 'text-20 leading-7 tracking-[-0.02em] md:text-24 md:leading-[30px]',
        )}
      >
        {several ? (
          <span className="mr-1.5 inline-block">
            <VariantMark variant={row.variant} />
            <span className="sr-only">{plan.variants[row.side]}</span>
          </span>
        ) : null}
        {formatRatio(row.medianRatio)}
      </span>
      <span className="block text-12 text-fg-2">
        {row.ci95 === null ? '' : `${formatRatio(row.ci95[0])} to ${formatRatio(row.ci95[1])}`}
      </span>
      <span className="block text-11 text-fg-3">{formatPlural(row.n, 'pair', 'pairs')}</span>
    </span>
  ));
}
