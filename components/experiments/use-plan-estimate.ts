'use client';
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { trpc } from '@/components/trpc/client';
import { formatEstimate, formatPlural } from '@/components/ui/format';
import type { ExperimentPlan } from '@/server/api/types';
import { estimatePlan, runsOf } from './plan-size';

/** Says what a plan costs, from the rates of the runs measured last: `60 runs, about 12 min`. */
export function usePlanEstimate(): (plan: ExperimentPlan) => string {
  const catalogue = useQuery(trpc.scenarios.catalogue.queryOptions());
  const runs = useQuery(trpc.runs.list.queryOptions({ limit: 100 }));
  const scenarios = catalogue.data?.scenarios;
  const rows = runs.data?.rows;
  return useCallback(
    (plan) => {
      const size = formatPlural(runsOf(plan), 'run', 'runs');
      const estimate = scenarios === undefined || rows === undefined ? null : estimatePlan(plan, { scenarios, rows });
      if (estimate === null) return size;
      return `${size}, ${estimate.guessed ? 'roughly' : 'about'} ${formatEstimate(estimate.ms)}`;
    },
    [scenarios, rows],
  );
}
