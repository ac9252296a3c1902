'use client';
import { replaceEqualDeep, useQuery } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useMemo, useState } from 'react';
import { isOver } from '@/components/runs/use-run-view';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import { usePageVisible } from '@/components/ui/use-page-visible';
import type { BpfSample, BpfWatchView, RunView } from '@/server/api/types';
import { type Inspection, ofSamples, ofWatch } from './inspection';
import { historyOf } from './program-rates';
import { addLook, type RateHistory } from './rate-history';

const SAMPLES_EVERY_MS = 3_000;

export type InspectionState = {
  /** null while nothing is known yet. */
  inspection: Inspection | null;
  watch: BpfWatchView | null;
  samples: readonly BpfSample[];
  rates: RateHistory;
  /** Why the watcher does not look, and what to do. */
  watchProblem: Failure | null;
  /** Why not even samples can be read. */
  failure: Failure | null;
  loading: boolean;
};

/** Looks while the page is visible: the watcher on the server ends soon after its last reader has gone. */
export function useInspection(run: RunView): InspectionState {
  const { id } = run.config;
  const over = isOver(run.state);
  const visible = usePageVisible();
  const [watch, setWatch] = useState<BpfWatchView | null>(null);
  const [rates, setRates] = useState<RateHistory>(new Map());
  const [refused, setRefused] = useState<Failure | null>(null);
  const samples = useQuery(trpc.bpf.samples.queryOptions({ id }, { refetchInterval: over ? false : SAMPLES_EVERY_MS }));
  useSubscription(
    trpc.bpf.watch.subscriptionOptions(
      { id },
      {
        enabled: visible && !over && run.state !== 'queued',
        onData: ({ data }) => {
          setRefused(null);
          setWatch((before) => replaceEqualDeep(before, data));
          setRates((before) => addLook(before, data));
        },
        onError: (error) => setRefused(describeFailure(error)),
      },
    ),
  );
  // Whoever was not there while it ran sees the sparks of what was kept.
  const series = useQuery(trpc.bpf.series.queryOptions({ id }, { enabled: over && rates.size === 0 }));
  const kept = useMemo(() => historyOf(series.data?.series ?? []), [series.data]);
  const inspection = useMemo(() => {
    // Without a watcher (a run of another process) the server shows samples; the page's own are newer.
    const seen = watch !== null && watch.at !== null && watch.everyMs > 0 ? ofWatch(watch, over ? 'last_look' : 'live') : null;
    return seen ?? ofSamples(samples.data ?? []);
  }, [watch, over, samples.data]);
  return {
    inspection,
    watch,
    samples: samples.data ?? [],
    rates: rates.size > 0 ? rates : kept,
    watchProblem: refused ?? problemOf(watch),
    failure: inspection === null && samples.error !== null ? describeFailure(samples.error) : null,
    loading: inspection === null && samples.isPending,
  };
}

function problemOf(watch: BpfWatchView | null): Failure | null {
  return watch === null || watch.problem === null
    ? null
    : { message: watch.problem, remedy: null, details: `bpf watch: ${watch.problem}` };
}
