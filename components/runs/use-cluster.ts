'use client';
import { useEffect, useMemo, useRef } from 'react';
import { useNow } from '@/components/ui/use-now';
import type { RunView } from '@/server/api/types';
import { type Cluster, clusterOf, lastLeader, leaderOf } from './cluster';
import { ClusterHistory, NO_RATES } from './cluster-rates';
import { isOver } from './use-run-view';

/** A figure that changes more often than this cannot be read. */
const RENEWED_MS = 500;

/** The cluster as it is drawn. The run's view comes four times a second; all of them are counted, two are shown. */
export function useCluster(run: RunView): Cluster {
  const over = isOver(run.state);
  const now = useNow(over ? null : RENEWED_MS);
  const history = useRef<ClusterHistory | null>(null);
  history.current ??= new ClusterHistory();
  useEffect(() => history.current?.add(run.replicas), [run.replicas]);
  const { state, proof } = run;
  const afflictions = run.replicas.map(({ affliction, role }) => affliction ?? role).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new view waits for the clock, but for one that says something new.
  return useMemo(() => {
    const leader = leaderOf(run.replicas) ?? lastLeader(run);
    const rates = over || leader === undefined ? NO_RATES : (history.current?.rates(leader.name, now) ?? NO_RATES);
    return clusterOf(run, now, rates);
  }, [now, state, proof, afflictions]);
}
