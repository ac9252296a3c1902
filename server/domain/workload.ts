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

/** Without checkpoints the whole log stays in memory: this many operations, this many payload bytes. */
export const LOG_LIMIT = { operations: 4_000_000, payloadBytes: 512 * 1024 * 1024 } as const;

/** No cluster here commits faster; bounds how many operations a workload in seconds can need. */
export const RATE_CEILING_PER_S = 60_000;

export const WORKLOAD_BOUNDS = {
  requests: { min: 1, max: LOG_LIMIT.operations },
  seconds: { min: 1, max: 60 },
  warmupSeconds: { min: 0, max: 30 },
  clients: { min: 1, max: 64 },
  payloadBytes: { min: 8, max: 1408 },
  getPercent: { min: 0, max: 100 },
} as const;

export type WorkloadProblem = { field: keyof Workload; message: string };

/** Every reason why this workload cannot run on this scenario, each naming value, bound and remedy; empty if it can. */
export function checkWorkload(workload: Workload, scenario: Pick<Scenario, 'name' | 'payloadMaxBytes'>): WorkloadProblem[] {
  const problems = [
    ...checkAmount(workload.amount),
    ...checkNumber('warmupSeconds', 'Warm-up', workload.warmupSeconds, { ...WORKLOAD_BOUNDS.warmupSeconds, unit: 'seconds' }),
    ...checkInteger('clients', 'Clients', workload.clients, { ...WORKLOAD_BOUNDS.clients, unit: 'clients' }),
    ...checkPayload(workload.payloadBytes, scenario),
    ...checkInteger('getPercent', 'Share of GETs', workload.getPercent, { ...WORKLOAD_BOUNDS.getPercent, unit: '%' }),
  ];
  // What the log needs can only be computed from sound numbers.
  return problems.length > 0 ? problems : checkLog(workload);
}

/**
 * Log memory that a launch asks of every replica: operations, and payload bytes over all of them. The warm-up, and a
 * workload in seconds, are bounded by RATE_CEILING_PER_S; each client may have one more operation in flight at the end.
 */
export function logCapacityFor(workload: Workload): { operations: number; payloadBytes: number } {
  const { amount, warmupSeconds, clients, payloadBytes } = workload;
  const measured = amount.kind === 'requests' ? amount.requests : Math.ceil(amount.seconds * RATE_CEILING_PER_S);
  const operations = measured + Math.ceil(warmupSeconds * RATE_CEILING_PER_S) + clients;
  return { operations, payloadBytes: operations * payloadBytes };
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

function checkLog(workload: Workload): WorkloadProblem[] {
  const needed = logCapacityFor(workload);
  const tooMany = needed.operations > LOG_LIMIT.operations;
  if (!tooMany && needed.payloadBytes <= LOG_LIMIT.payloadBytes) return [];
  const room = Math.min(LOG_LIMIT.operations, Math.floor(LOG_LIMIT.payloadBytes / workload.payloadBytes));
  const asks = tooMany
    ? `up to ${count(needed.operations)} operations, and a replica's log holds ${count(LOG_LIMIT.operations)}`
    : `up to ${count(needed.payloadBytes)} payload bytes (${count(needed.operations)} operations of ${count(workload.payloadBytes)} bytes), and a replica's log holds ${count(LOG_LIMIT.payloadBytes)}`;
  const counted = `Warm-up${workload.amount.kind === 'seconds' ? ' and duration' : ''} count with ${count(RATE_CEILING_PER_S)} operations a second.`;
  return [{ field: 'amount', message: `This workload can need ${asks}. ${counted} ${remedyFor(workload, room)}` }];
}

/** What fits into the log with everything else unchanged. */
function remedyFor(workload: Workload, room: number): string {
  const left = room - workload.clients - Math.ceil(workload.warmupSeconds * RATE_CEILING_PER_S);
  const smaller = workload.payloadBytes > 64 ? ', or a smaller payload' : '';
  if (workload.amount.kind === 'requests') {
    return left >= WORKLOAD_BOUNDS.requests.min
      ? `Choose at most ${count(left)} requests${smaller}.`
      : `Choose a shorter warm-up${smaller}.`;
  }
  const seconds = Math.floor(left / RATE_CEILING_PER_S);
  if (seconds >= WORKLOAD_BOUNDS.seconds.min) return `Choose at most ${seconds} seconds, a number of requests${smaller}.`;
  return `Choose a number of requests, a shorter warm-up${smaller}.`;
}

const choose = (bounds: Bounds) => `Choose ${count(bounds.min)} to ${count(bounds.max)} ${bounds.unit}.`;
