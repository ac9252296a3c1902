'use client';
import { replaceEqualDeep, useMutation } from '@tanstack/react-query';
import { CircleX, RotateCcw, TriangleAlert } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import type { Cell, ExperimentView, PairStanding, PlannedRun, RunGate } from '@/server/api/types';
import { type LeftOutRun, leftOutRuns, mayRetry } from './left-out';
import { cellTitle } from './plan-words';
import { useFinishedRun } from './use-finished-run';

/** More at once would hide what stands below. */
const SHOWN_FIRST = 5;

type LeftOutListProps = {
  record: ExperimentView['record'];
  cells: readonly Cell[];
  runs: PlannedRun[];
  pairs: PairStanding[];
  onChange: () => void;
};

/** Runs that do not count: which gate decided, with what number, what to do, and what becomes of the pair. */
export function LeftOutList({ record, cells, runs, pairs, onChange }: LeftOutListProps) {
  const [all, setAll] = useState(false);
  const last = useRef<LeftOutRun[]>([]);
  last.current = replaceEqualDeep(last.current, leftOutRuns({ pairs, runs }));
  const list = last.current;
  if (list.length === 0) return null;
  const shown = all ? list : list.slice(0, SHOWN_FIRST);
  return (
    <section aria-label="Runs left out" className="border-line border-t">
      <ul>
        {shown.map((left) => (
          <Row cells={cells} id={record.id} key={left.run.runId} left={left} onChange={onChange} retry={mayRetry(record)} />
        ))}
      </ul>
      {list.length > SHOWN_FIRST ? (
        <div className="flex justify-center border-line border-t p-2">
          <Button kind="ghost" onClick={() => setAll(!all)} size="small">
            {all ? 'Show fewer' : `Show all ${formatCount(list.length)} runs left out`}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

type RowProps = { id: string; left: LeftOutRun; cells: readonly Cell[]; retry: boolean; onChange: () => void };

const Row = memo(function Row({ id, left: { run, fate }, cells, retry, onChange }: RowProps) {
  const gate = useDecidingGate(run);
  const suspect = run.verdict === 'suspect';
  const cell = cells[run.cell];
  return (
    <li className="grid items-start justify-items-start gap-x-4 gap-y-1.5 border-line border-b px-3 py-2.5 text-12 last:border-b-0 md:grid-cols-[252px_minmax(0,1fr)_auto] md:px-4">
      <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Badge icon={suspect ? TriangleAlert : CircleX} tone={suspect ? 'warn' : 'bad'}>
          {suspect ? 'suspect' : 'invalid'}
        </Badge>
        <PageLink className="font-medium font-mono hover:underline" href={`/runs/${run.runId}`}>
          {run.runId}
        </PageLink>
        <VariantTag variant={run.variant} />
      </span>
      <div className="min-w-0">
        <p>
          <span className="text-fg-3">
            {cell === undefined ? '' : `${cellTitle(cell, cells)}, `}round {run.pair}
            {run.attempt > 1 ? `, attempt ${run.attempt}` : ''}.{' '}
          </span>
          {gate === null ? (run.reason ?? 'It did not finish.') : <GateWords gate={gate} />}
        </p>
        {gate?.remedy == null ? null : <p className="text-fg-2">{gate.remedy}</p>}
      </div>
      <Fate fate={fate} id={id} onChange={onChange} retry={retry} run={run} />
    </li>
  );
});

function GateWords({ gate }: { gate: RunGate }) {
  return (
    <>
      <b>
        {gate.title}: {gate.value}.
      </b>{' '}
      {gate.detail}
    </>
  );
}

/** The gate with its number and remedy stands in the run itself, which never changes any more. */
function useDecidingGate({ runId, verdict }: PlannedRun): RunGate | null {
  const data = useFinishedRun(runId);
  return data?.validity?.gates.find(({ state }) => state === verdict) ?? null;
}

type FateProps = { id: string; run: PlannedRun; fate: LeftOutRun['fate']; retry: boolean; onChange: () => void };

function Fate({ id, run, fate, retry, onChange }: FateProps) {
  const ask = useMutation(
    trpc.experiments.retryPair.mutationOptions({
      onSuccess: onChange,
      onError: (error) => {
        const { message, remedy } = describeFailure(error);
        toast.error(message, { description: remedy });
      },
    }),
  );
  if (fate === 'again') return <span className="text-fg-2">its pair runs again after the last round</span>;
  if (fate === 'repeated') return <span className="text-fg-3">its pair was run again</span>;
  if (!retry) return <span className="text-fg-3">its pair is left out</span>;
  return (
    <Button
      aria-label={`Retry round ${run.pair} of ${run.runId}`}
      disabled={ask.isPending}
      icon={RotateCcw}
      onClick={() => ask.mutate({ id, cell: run.cell, pair: run.pair })}
      size="small"
    >
      {ask.isPending ? 'Asking' : 'Retry the pair'}
    </Button>
  );
}
