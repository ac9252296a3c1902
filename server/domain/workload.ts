import type { Scenario } from './scenario';

/** CPU placement of the cluster's containers; recorded with the run. */
export type Placement =
  /** `leader_apart` with two to N cores, `own_core` with more than N + 1, else `shared`. */
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
export declare function checkWorkload(workload: Workload, scenario: Scenario): WorkloadProblem[];
