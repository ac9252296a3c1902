'use client';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useState } from 'react';
import { trpc } from '@/components/trpc/client';
import type { LatencyBatch, LatencyPoint } from '@/server/api/types';

/** The run's latency windows in order of time, upserted as the server sends them. Null until its first word. */
export function useLatencyPoints(id: string): LatencyPoint[] | null {
  const [points, setPoints] = useState<LatencyPoint[] | null>(null);
  useSubscription(
    trpc.runs.latency.subscriptionOptions({ id }, { onData: ({ data }) => setPoints((known) => upsert(known ?? [], data)) }),
  );
  return points;
}

/** A window is known by its start: a later word on it replaces the earlier one. */
export function upsert(known: readonly LatencyPoint[], batch: LatencyBatch): LatencyPoint[] {
  const byStart = new Map(batch.reset ? [] : known.map((point) => [point.startMs, point]));
  for (const point of batch.points) byStart.set(point.startMs, point);
  return [...byStart.values()].sort((a, b) => a.startMs - b.startMs);
}
