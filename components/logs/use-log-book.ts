'use client';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import type { Failure } from '@/components/ui/failed-state';
import { LogBook } from './log-book';
import { type LogFilter, matcherOf } from './log-filter';

type LiveLog = {
  book: LogBook;
  /** False until the server's first word. */
  arrived: boolean;
  problem: string | null;
  failure: Failure | null;
};

/** The run's lines as they come, behind the filter. The book is one object; `version` in it tells that it grew. */
export function useLogBook(runId: string, filter: LogFilter): LiveLog {
  const matcher = useMemo(() => matcherOf(filter), [filter]);
  const first = useRef(matcher);
  const book = useMemo(() => new LogBook(first.current), []);
  const [, setVersion] = useState(0);
  const [arrived, setArrived] = useState(false);
  useEffect(() => {
    book.setMatcher(matcher);
    setVersion(book.version);
  }, [book, matcher]);
  const { error } = useSubscription(
    trpc.runs.logs.subscriptionOptions(
      { id: runId },
      {
        onData: ({ data }) => {
          book.append(data);
          setArrived(true);
          setVersion(book.version);
        },
      },
    ),
  );
  return { book, arrived, problem: matcher.problem, failure: error ? describeFailure(error) : null };
}
