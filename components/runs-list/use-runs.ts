'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { api, trpc } from '@/components/trpc/client';

/** Runs from the newest on, page by page. `search` is the server's: scenario, variant, id. */
export function useRuns(search: string, pageSize: number) {
  const query = useInfiniteQuery({
    // Below the procedure's own key, so that whoever invalidates the list reaches these pages too.
    queryKey: [...trpc.runs.list.pathKey(), 'pages', search, pageSize],
    queryFn: ({ pageParam, signal }) =>
      api.runs.list.query(
        {
          limit: pageSize,
          search: search === '' ? undefined : search,
          before: pageParam === '' ? undefined : pageParam,
        },
        { signal },
      ),
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
