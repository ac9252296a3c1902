'use client';
import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure, labErrorOf } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import type { RunId } from '@/server/api/types';
import type { InjectOrder } from './inject-draft';

/** Injects once per click; what was refused stays until the next try. */
export function useInject(runId: RunId) {
  const mutation = useMutation(trpc.faults.inject.mutationOptions());
  const { mutate, isPending, reset, error, data } = mutation;
  const inject = useCallback(
    ({ action, forSeconds }: InjectOrder) => {
      if (!isPending) mutate({ runId, action, forSeconds });
    },
    [mutate, isPending, runId],
  );
  // What could not be done stands in its record.
  const problem =
    data === undefined || data.problem === null ? null : { message: data.problem, remedy: null, details: data.problem };
  return { inject, injecting: isPending, failure: failureOf(error) ?? problem, forget: reset };
}

/** Ends a fault before its time. */
export function useEndFault(runId: RunId) {
  const mutation = useMutation(trpc.faults.end.mutationOptions());
  const { mutate, isPending, variables, error } = mutation;
  const end = useCallback((faultId: number) => mutate({ runId, faultId }), [mutate, runId]);
  return { end, ending: isPending ? (variables?.faultId ?? null) : null, failure: failureOf(error) };
}

/** A run that ended meanwhile has undone it already: what was asked for has happened. */
function failureOf(error: unknown): Failure | null {
  if (error === null || error === undefined || labErrorOf(error)?.code === 'run_over') return null;
  return describeFailure(error);
}
