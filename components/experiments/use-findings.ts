'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, trpc } from '@/components/trpc/client';
import type { ExperimentView } from '@/server/api/types';

/** What was found before the run that finished last is of no use any more. */
const KEEP_MS = 5_000;

/** Results and pictures, asked for again when a run has finished or the experiment's state has changed, and only then. */
export function useFindings({ record, progress }: Pick<ExperimentView, 'record' | 'progress'>) {
  const { id, state } = record;
  const finished = `${progress.runsOver} ${state}`;
  const keep = { gcTime: KEEP_MS, staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData } as const;
  const results = useQuery({
    ...keep,
    queryKey: [...trpc.experiments.results.queryKey({ id }), finished],
    queryFn: ({ signal }) => api.experiments.results.query({ id }, { signal }),
  });
  const pictures = useQuery({
    ...keep,
    queryKey: [...trpc.experiments.pictures.queryKey({ id }), finished],
    queryFn: ({ signal }) => api.experiments.pictures.query({ id }, { signal }),
  });
  return { results, pictures };
}
