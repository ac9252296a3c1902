'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api, trpc } from '@/components/trpc/client';
import type { HistoryRow, RunFilter } from '@/server/api/types';

export type RunNarrowing = Omit<RunFilter, 'limit' | 'before'>;
export type RunPage = { rows: HistoryRow[]; total: number };

/** Below the procedure's own key, so that whoever invalidates the list reaches these pages too. */
export const RUN_PAGES_KEY = [...trpc.runs.list.pathKey(), 'pages'];

/** Runs from the newest on, page by page. */
export function useRuns(narrowing: RunNarrowing, pageSize: number) {
  const query = useInfiniteQuery({
    queryKey: [...RUN_PAGES_KEY, narrowing, pageSize],
    queryFn: ({ pageParam, signal }): Promise<RunPage> =>
      api.runs.list.query({ ...narrowing, limit: pageSize, before: pageParam === '' ? undefined : pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.rows.length < pageSize ? undefined : last.rows.at(-1)?.id),
    placeholderData: keepPreviousData,
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

/** As many as the server gives at once. */
const WHOLE_PAGE = 500;

/** Every run that the filters leave, newest first. */
export async function fetchAllRuns(narrowing: RunNarrowing): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = [];
  for (;;) {
    const page = await api.runs.list.query({ ...narrowing, limit: WHOLE_PAGE, before: rows.at(-1)?.id });
    rows.push(...page.rows);
    if (page.rows.length < WHOLE_PAGE) return rows;
  }
}
