'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useCallback } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import { usePageVisible } from '@/components/ui/use-page-visible';
import type { ExperimentState, ExperimentView } from '@/server/api/types';

export function isExperimentOver(state: ExperimentState): boolean {
  return state === 'done' || state === 'cancelled';
}

type Experiment = {
  view: ExperimentView | null;
  failure: Failure | null;
  /** When `view` arrived, milliseconds since the Unix epoch. */
  receivedAt: number;
  /** After something that opens an experiment again, whose subscription has completed. */
  refresh: () => void;
};

/**
 * The experiment as it is now: fetched once, then renewed by the server on each change until it is over. It lives in the
 * query's cache, where parts that did not change stay the same objects. A hidden tab hears nothing: runs measure on the
 * same cores.
 */
export function useExperiment(id: string): Experiment {
  const cache = useQueryClient();
  const options = trpc.experiments.get.queryOptions({ id });
  const { data, error, dataUpdatedAt, refetch } = useQuery(options);
  const visible = usePageVisible();
  const goesOn = data !== undefined && !isExperimentOver(data.record.state);
  useSubscription(
    trpc.experiments.watch.subscriptionOptions(
      { id },
      { enabled: goesOn && visible, onData: (event) => cache.setQueryData(options.queryKey, event.data) },
    ),
  );
  return {
    view: data ?? null,
    failure: data === undefined && error !== null ? describeFailure(error) : null,
    receivedAt: dataUpdatedAt,
    refresh: useCallback(() => void refetch(), [refetch]),
  };
}
