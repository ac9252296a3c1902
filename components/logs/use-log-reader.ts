'use client';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, trpc } from '@/components/trpc/client';
import { describeFailure, labErrorOf } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import type { LogFilter } from '@/server/api/types';
import { LogReader } from './log-reader';

type OpenLog = {
  reader: LogReader;
  /** The server's words about a filter it cannot use. */
  problem: string | null;
  failure: Failure | null;
};

type LogToRead = { id: string; filter: LogFilter; isOver: boolean };

/** One reader of the run's log behind a filter. It is one object; `useReader` tells a component that it changed. */
export function useLogReader({ id, filter, isOver }: LogToRead): OpenLog {
  const [reader] = useState(() => new LogReader({ ask: askOf(id), beforePaint: oncePerFrame() }));
  useEffect(() => () => reader.rest(), [reader]);
  const { error } = useSubscription(
    trpc.logs.watch.subscriptionOptions({ id, filter }, { onData: ({ data }) => reader.take(data, filter) }),
  );
  // Logs are read to their end before a run is over. That the subscription ended as well, the hook does not tell.
  useEffect(() => {
    if (isOver) reader.finish();
  }, [isOver, reader]);
  const lab = error ? labErrorOf(error) : null;
  if (lab?.code === 'bad_filter') {
    return { reader, problem: [lab.message, lab.remedy].filter((words) => words !== null).join('. '), failure: null };
  }
  return { reader, problem: null, failure: error ? describeFailure(error) : null };
}

/** Draws the component again whenever the reader changed; at most once per frame. */
export function useReader(reader: LogReader): void {
  useSyncExternalStore(
    reader.subscribe,
    () => reader.version,
    () => 0,
  );
}

function askOf(id: string) {
  return (filter: LogFilter, chunk: number, signal: AbortSignal) => api.logs.chunk.query({ id, filter, chunk }, { signal });
}

function oncePerFrame(): (run: () => void) => void {
  let isAsked = false;
  return (run) => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      run();
    });
  };
}
