'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useRef } from 'react';
import { trpc } from '@/components/trpc/client';
import { labErrorOf } from '@/components/trpc/failure';
import { newRequestId } from '@/components/workload/use-launch';
import type { ExperimentPlan } from '@/server/api/types';

/**
 * Starts a plan once per click and opens the experiment's page. If no answer came, the next click asks with the same request
 * id, so an experiment whose answer was lost is found again instead of being doubled.
 */
export function useStartExperiment() {
  const router = useRouter();
  const cache = useQueryClient();
  const unanswered = useRef<{ id: string; plan: string } | null>(null);
  const { mutate, isPending, isSuccess, error, reset } = useMutation(
    trpc.experiments.create.mutationOptions({
      onSuccess: ({ id }) => {
        unanswered.current = null;
        void cache.invalidateQueries(trpc.experiments.list.pathFilter());
        router.push(`/experiments/${id}`);
      },
      onError: (failure) => {
        if (labErrorOf(failure) !== null) unanswered.current = null;
      },
    }),
  );
  const start = useCallback(
    (plan: ExperimentPlan) => {
      if (isPending) return;
      const asked = JSON.stringify(plan);
      const requestId = unanswered.current?.plan === asked ? unanswered.current.id : newRequestId();
      unanswered.current = { id: requestId, plan: asked };
      mutate({ plan, requestId });
    },
    [mutate, isPending],
  );
  return {
    start,
    /** Also true after success, until the experiment's page has taken over: a second click must not start another. */
    starting: isPending || isSuccess,
    error,
    forget: reset,
  };
}
