'use client';
import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { RUN_PAGES_KEY, type RunPage } from '@/components/runs-list/use-runs';
import { trpc } from '@/components/trpc/client';
import type { RunId, RunMarks } from '@/server/api/types';

/** Writes tags and note of a run, and lays what the server kept over the rows that are shown. */
export function useMarking(onSaved: () => void) {
  const cache = useQueryClient();
  return useMutation(
    trpc.history.setMarks.mutationOptions({
      onSuccess: (marks, { id }) => {
        cache.setQueriesData<InfiniteData<RunPage>>({ queryKey: RUN_PAGES_KEY }, (known) => withMarks(known, id, marks));
        void cache.invalidateQueries(trpc.history.facets.pathFilter());
        onSaved();
      },
    }),
  );
}

function withMarks(known: InfiniteData<RunPage> | undefined, id: RunId, marks: RunMarks) {
  if (known === undefined) return undefined;
  const pages = known.pages.map((page) => {
    if (!page.rows.some((row) => row.id === id)) return page;
    return { ...page, rows: page.rows.map((row) => (row.id === id ? { ...row, ...marks } : row)) };
  });
  return { ...known, pages };
}
