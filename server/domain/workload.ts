import type { Scenario } from './scenario';
import { count } from './wording';

/** CPU placement of the cluster's containers; recorded with the run. */
export type Placement =
  /** `own_core` with more than N + 1 cores, `leader_apart` with two or more, `shared` with one; see placement.ts. */
  | 'auto'
  /** No pinning. */
  | 'shared'
  /** Leader and client on core 0, followers on the others. */
  | 'leader_apart'
  /** All replicas on core 0, the client on core 1. */
  | 'one_core'
  /** One core per replica, the client on one of its own. */
  | 'own_core';

export type Workload = {
  /** Measured requests, or measured seconds. */
  amount: { kind: 'requests'; requests: number } | { kind: 'seconds'; seconds: number };
  warmupSeconds: number;
  /** Concurrent closed-loop clients, one outstanding request each. */
  clients: number;
  payloadBytes: number;
  /** Share of GETs, 0..100; GETs go through the log too. */
  getPercent: number;
  placement: Placement;
};

export const WORKLOAD_DEFAULT: Workload = {
  amount: { kind: 'seconds', seconds: 20 },
  warmupSeconds: 2,
  clients: 1,
  payloadBytes: 64,
  getPercent: 50,
  placement: 'auto',
};

/** An hour, and as many requests as no cluster here completes in one: beyond that a run is a way to fill a disk. */
export const WORKLOAD_BOUNDS = {
  requests: { min: 1, max: 100_000_000 },
  seconds: { min: 1, max: 3600 },
  warmupSeconds: { min: 0, max: 30 },
  clients: { min: 1, max: 64 },
  payloadBytes: { min: 8, max: 1408 },
  getPercent: { min: 0, max: 100 },
} as const;

export type WorkloadProblem = { field: keyof Workload; message: string };

/** Every reason why this workload cannot run on this scenario, each naming value, bound and remedy; empty if it can. */
export function checkWorkload(workload: Workload, scenario: Pick<Scenario, 'name' | 'payloadMaxBytes'>): WorkloadProblem[] {
  return [
    ...checkAmount(workload.amount),
    ...checkNumber('warmupSeconds', 'Warm-up', workload.warmupSeconds, { ...WORKLOAD_BOUNDS.warmupSeconds, unit: 'seconds' }),
    ...checkInteger('clients', 'Clients', workload.clients, { ...WORKLOAD_BOUNDS.clients, unit: 'clients' }),
    ...checkPayload(workload.payloadBytes, scenario),
    ...checkInteger('getPercent', 'Share of GETs', workload.getPercent, { ...WORKLOAD_BOUNDS.getPercent, unit: '%' }),
  ];
}

type Bounds = { min: number; max: number; unit: string };

function checkAmount(amount: Workload['amount']): WorkloadProblem[] {
  return amount.kind === 'requests'
    ? checkInteger('amount', 'Requests', amount.requests, { ...WORKLOAD_BOUNDS.requests, unit: 'requests' })
    : checkNumber('amount', 'Duration', amount.seconds, { ...WORKLOAD_BOUNDS.seconds, unit: 'seconds' });
}

function checkPayload(bytes: number, scenario: Pick<Scenario, 'name' | 'payloadMaxBytes'>): WorkloadProblem[] {
  const problems = checkInteger('payloadBytes', 'Payload', bytes, { ...WORKLOAD_BOUNDS.payloadBytes, unit: 'bytes' });
  if (problems.length > 0 || bytes <= scenario.payloadMaxBytes) return problems;
  const message = `Payload is ${count(bytes)} bytes, but one datagram on the network of ${scenario.name} carries at most ${count(scenario.payloadMaxBytes)}. Choose ${count(scenario.payloadMaxBytes)} bytes or fewer: a fragmented datagram cannot be cloned.`;
  return [{ field: 'payloadBytes', message }];
}

function checkInteger(field: keyof Workload, title: string, value: number, bounds: Bounds): WorkloadProblem[] {
  if (Number.isFinite(value) && !Number.isInteger(value)) {
    return [{ field, message: `${title} is ${value}, which is not a whole number. ${choose(bounds)}` }];
  }
  return checkNumber(field, title, value, bounds);
}

function checkNumber(field: keyof Workload, title: string, value: number, bounds: Bounds): WorkloadProblem[] {
  if (!Number.isFinite(value)) return [{ field, message: `${title} is ${value}, which is not a number. ${choose(bounds)}` }];
  if (value >= bounds.min && value <= bounds.max) return [];
  const side = value < bounds.min ? `below the least, ${count(bounds.min)}` : `above the most, ${count(bounds.max)}`;
  return [{ field, message: `${title} is ${count(value)}, ${side}. ${choose(bounds)}` }];
}

const choose = (bounds: Bounds) => `Choose ${count(bounds.min)} to ${count(bounds.max)} ${bounds.unit}.`;
