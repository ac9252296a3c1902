'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { trpc } from '@/components/trpc/client';

/** To be called when runs were removed: everything that counts or lists them is asked for again. */
export function useForgetRuns(): () => void {
  const cache = useQueryClient();
  return useCallback(() => {
    void cache.invalidateQueries(trpc.runs.list.pathFilter());
    void cache.invalidateQueries(trpc.history.facets.pathFilter());
    void cache.invalidateQueries(trpc.history.size.pathFilter());
  }, [cache]);
}
