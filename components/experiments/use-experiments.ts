'use client';
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, trpc } from '@/components/trpc/client';
import { useOverview } from '@/components/trpc/overview';

const PAGE_SIZE = 25;
/** Between two runs of an experiment nothing runs; so long it may look over that is not, or the other way round. */
const BETWEEN_RUNS_MS = 3_000;

/** Experiments from the newest on, page by page; asked for again whenever a run begins or ends. */
export function useExperiments() {
  const cache = useQueryClient();
  const { overview } = useOverview();
  const measuring = overview?.running?.config.id ?? null;
  const known = useRef<string | null>(null);
  const heard = overview !== null;
  useEffect(() => {
    if (!heard) return;
    const now = measuring ?? 'nothing';
    // The first word tells what the list has just been asked for; what differs from it has changed since.
    if (known.current !== null && known.current !== now) void cache.invalidateQueries(trpc.experiments.list.pathFilter());
    known.current = now;
  }, [cache, heard, measuring]);
  const query = useInfiniteQuery({
    queryKey: [...trpc.experiments.list.pathKey(), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api.experiments.list.query({ limit: PAGE_SIZE, before: pageParam === '' ? undefined : pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.rows.length < PAGE_SIZE ? undefined : last.rows.at(-1)?.id),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const goesOn = state.data?.pages.some(({ rows }) => rows.some((row) => row.state === 'running'));
      return goesOn && measuring === null ? BETWEEN_RUNS_MS : false;
    },
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.rows) ?? null,
    total: query.data?.pages[0]?.total ?? 0,
    error: query.error,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : null,
    loadingMore: query.isFetchingNextPage,
  };
}
