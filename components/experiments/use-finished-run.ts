'use client';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '@/components/trpc/client';
import type { RunView } from '@/server/api/types';

/** A run that is over: asked for once, since it never changes any more. Its own page may have kept it as it was before. */
export function useFinishedRun(id: string): RunView | null {
  const { data } = useQuery(
    trpc.runs.get.queryOptions(
      { id },
      { staleTime: ({ state }) => (state.data?.validity == null ? 0 : Number.POSITIVE_INFINITY) },
    ),
  );
  return data ?? null;
}
