'use client';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useCallback, useMemo, useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import { TraceFeed } from './trace-feed';

type LiveTrace = {
  feed: TraceFeed;
  /** Changes whenever the book or what waits does. */
  version: number;
  hold: (holding: boolean) => void;
  failure: Failure | null;
};

/** The run's sampled operations as they come. */
export function useTrace(id: string): LiveTrace {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run is another trace.
  const feed = useMemo(() => new TraceFeed(), [id]);
  const [version, setVersion] = useState(0);
  const grown = useCallback(() => setVersion((before) => before + 1), []);
  const hold = useCallback(
    (holding: boolean) => {
      feed.hold(holding);
      grown();
    },
    [feed, grown],
  );
  const { error } = useSubscription(
    trpc.trace.watch.subscriptionOptions(
      { id },
      {
        onData: ({ data }) => {
          feed.receive(data);
          grown();
        },
      },
    ),
  );
  return { feed, version, hold, failure: error ? describeFailure(error) : null };
}
