'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw, TriangleAlert } from 'lucide-react';
import { isOver } from '@/components/runs/use-run-view';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatClock } from '@/components/ui/format';
import { Segmented } from '@/components/ui/segmented';
import { useUrlState } from '@/components/ui/use-url-state';
import { Verbatim } from '@/components/ui/verbatim';
import type { BpfSample, RunView } from '@/server/api/types';
import { formatClockMs } from './figures';
import { Box, Section } from './section';

const MOMENTS = {
  before_warmup: 'before warm-up',
  after_measuring: 'after measuring',
  on_demand: 'on demand',
} as const satisfies Record<BpfSample['moment'], string>;

type VerbatimPartProps = { run: RunView; replica: string; samples: readonly BpfSample[] };

/** What `bpftool prog show` printed in the replica, unchanged; the newest of its samples unless another is chosen. */
export function VerbatimPart({ run, replica, samples }: VerbatimPartProps) {
  const own = samples.filter((sample) => sample.replica === replica);
  const [chosen, choose] = useUrlState('sample');
  const sample = own.find(({ takenAt }) => String(takenAt) === chosen) ?? own.at(-1);
  return (
    <Section
      context={
        sample === undefined ? undefined : (
          <>
            <span className="mono">$ bpftool prog show</span>, read in {replica} at {formatClockMs(sample.takenAt)}; it lists
            the whole kernel’s programs
          </>
        )
      }
      end={sample === undefined ? undefined : <CopyButton text={sample.verbatim} />}
      title="Verbatim"
    >
      <div className="mb-2 flex flex-wrap items-center gap-3">
        {own.length < 2 || sample === undefined ? null : (
          <Segmented
            className="max-w-full overflow-x-auto"
            label="Sample"
            onChange={choose}
            options={own.map(({ takenAt, moment }) => ({
              value: String(takenAt),
              label: `${MOMENTS[moment]}, ${formatClock(takenAt)}`,
            }))}
            size="small"
            value={String(sample.takenAt)}
          />
        )}
        {sample?.insideWindow === true ? (
          <Badge icon={TriangleAlert} tone="warn">
            taken inside the measured window
          </Badge>
        ) : null}
        <SampleNow onTaken={() => choose('')} replica={replica} run={run} />
      </div>
      {sample === undefined ? (
        <Box className="px-4 py-3 text-fg-2">
          No sample of {replica} yet: each replica is sampled before warm-up and after measuring, or now on demand.
        </Box>
      ) : sample.problem === null ? (
        <Verbatim label={`bpftool prog show in ${replica}`} text={sample.verbatim} />
      ) : (
        <Box className="px-4 py-3 text-bad">{sample.problem}</Box>
      )}
    </Section>
  );
}

/** Asking while the run measures costs the replica CPU; the page says so before and the chart after. */
function SampleNow({ run, replica, onTaken }: { run: RunView; replica: string; onTaken: () => void }) {
  const cache = useQueryClient();
  const sample = useMutation(
    trpc.bpf.sample.mutationOptions({
      onSuccess: async () => {
        await cache.invalidateQueries(trpc.bpf.samples.pathFilter());
        onTaken();
      },
    }),
  );
  if (isOver(run.state) || run.state === 'queued') return null;
  return (
    <>
      <Button
        disabled={sample.isPending}
        icon={RefreshCw}
        onClick={() => sample.mutate({ id: run.config.id, replica })}
        size="small"
      >
        Sample {replica} now
      </Button>
      <span className="text-12 text-fg-3">
        {run.state === 'measuring'
          ? 'Costs the replica about 20 ms of CPU inside the measured window; it is marked on the chart.'
          : 'Runs bpftool in the container.'}
      </span>
      {sample.error === null ? null : (
        <span className="text-12 text-bad" role="alert">
          {describeFailure(sample.error).message}
        </span>
      )}
    </>
  );
}
