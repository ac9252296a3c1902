'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useRef } from 'react';
import { trpc } from '@/components/trpc/client';
import { labErrorOf } from '@/components/trpc/failure';
import type { FaultPlan, Observe, Workload } from '@/server/api/types';

export type LaunchOrder = { scenario: string; variant: string; workload: Workload; observe: Observe; faults: FaultPlan };

/** A random UUID. `crypto.randomUUID` is missing on plain http to anything but this very machine. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  }).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Launches once per click and opens the run's page. If no answer came, the next click asks with the same request id,
 * so a launch whose answer was lost is found again instead of being doubled.
 */
export function useLaunch() {
  const router = useRouter();
  const cache = useQueryClient();
  const unanswered = useRef<{ id: string; order: string } | null>(null);
  const mutation = useMutation(
    trpc.runs.launch.mutationOptions({
      onSuccess: ({ id }) => {
        unanswered.current = null;
        void cache.invalidateQueries(trpc.runs.list.pathFilter());
        router.push(`/runs/${id}`);
      },
      onError: (error) => {
        if (labErrorOf(error) !== null) unanswered.current = null;
      },
    }),
  );
  const { mutate, isPending, isSuccess } = mutation;
  const launch = useCallback(
    (order: LaunchOrder, insist: boolean) => {
      if (isPending) return;
      const asked = JSON.stringify([order, insist]);
      const requestId = unanswered.current?.order === asked ? unanswered.current.id : newRequestId();
      unanswered.current = { id: requestId, order: asked };
      mutate({ ...order, insist, requestId });
    },
    [mutate, isPending],
  );
  return {
    launch,
    /** Also true after success, until the run's page has taken over: a second click must not launch again. */
    launching: isPending || isSuccess,
    error: mutation.error,
    forget: mutation.reset,
  };
}
