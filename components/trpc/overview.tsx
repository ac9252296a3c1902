'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { Overview } from '@/server/api/types';
import { trpc } from './client';
import { feedArrived } from './connection-store';
import { describeFailure } from './failure';

type OverviewState = { overview: Overview | null; failure: ReturnType<typeof describeFailure> | null };

const OverviewContext = createContext<OverviewState>({ overview: null, failure: null });

/** Subscribes once per page to what runs and what waits; header, control panel and lists read it. */
export function OverviewProvider({ children }: { children: ReactNode }) {
  const [overview, setOverview] = useState<Overview | null>(null);
  const cache = useQueryClient();
  const { error } = useSubscription(
    trpc.lab.overview.subscriptionOptions(undefined, {
      onData: ({ data }) => {
        setOverview(data);
        feedArrived(data.at);
      },
    }),
  );

  // The lists are queries; what they show changes when a run is launched, begins to run, or ends.
  const line = overview === null ? '' : [overview.running?.config.id, ...overview.queue.map((run) => run.id)].join(' ');
  useEffect(() => {
    if (line !== undefined) void cache.invalidateQueries(trpc.runs.list.pathFilter());
  }, [cache, line]);

  return <OverviewContext value={{ overview, failure: error ? describeFailure(error) : null }}>{children}</OverviewContext>;
}

/** What runs and what waits; null until the first word from the server. */
export function useOverview(): OverviewState {
  return useContext(OverviewContext);
}
