'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import type { FaultPlan, Workload } from '@/server/api/types';

/** Somebody who types is not asked about every letter. */
const TYPED_MS = 200;

export type ReadPlan = {
  /** As the server reads it; empty while there is no text, or none that can be read. */
  plan: FaultPlan;
  problems: readonly string[];
  /** The text that was read is not the one that stands there: an answer is on its way. */
  isReading: boolean;
  /** The server did not answer. */
  failure: string | null;
};

type Read = { text: string; scenario: string; amount: Workload['amount'] | null };

/** The text of a plan as the server understands it. It alone knows the words, and what this scenario can be done to. */
export function useReadPlan({ text, scenario, amount }: Read): ReadPlan {
  const settled = useSettled(text);
  const seconds = amount?.kind === 'seconds' ? amount.seconds : null;
  const isEmpty = text.trim() === '';
  const { data, error, isPlaceholderData, isFetching } = useQuery(
    trpc.faults.readPlan.queryOptions(
      { text: settled, scenario, seconds },
      { enabled: settled.trim() !== '', placeholderData: keepPreviousData },
    ),
  );
  if (isEmpty) return { plan: [], problems: [], isReading: false, failure: null };
  const isReading = settled !== text || isPlaceholderData || (data === undefined && isFetching);
  const failure = error === null || isReading ? null : describeFailure(error).message;
  return { plan: data?.plan ?? [], problems: data?.problems ?? [], isReading, failure };
}

function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
