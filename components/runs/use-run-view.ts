'use client';
import { replaceEqualDeep, useQuery } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import type { RunEnd, RunPhase, RunView } from '@/server/api/types';

const ENDS: readonly string[] = ['done', 'failed', 'stopped', 'interrupted'] satisfies RunEnd[];

export function isOver(state: RunPhase | RunEnd): state is RunEnd {
  return ENDS.includes(state);
}

/**
 * The run as it is now: fetched once, then renewed by the server on each change until it is over. Parts that did not
 * change stay the same objects, so that charts and logs are not drawn again for a new CPU figure.
 */
export function useRunView(id: string): { view: RunView | null; failure: Failure | null } {
  const query = useQuery(trpc.runs.get.queryOptions({ id }));
  const [live, setLive] = useState<RunView | null>(null);
  const known = live?.config.id === id ? live : null;
  const view = known ?? query.data ?? null;
  const wanted = query.isSuccess && !(view !== null && isOver(view.state));
  useSubscription(
    trpc.runs.watch.subscriptionOptions(
      { id },
      { enabled: wanted, onData: ({ data }) => setLive((before) => replaceEqualDeep(before, data)) },
    ),
  );
  return { view, failure: query.error === null ? null : describeFailure(query.error) };
}
