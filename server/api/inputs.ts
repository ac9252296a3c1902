/** What the browser may send. Bounds that depend on the scenario are checkWorkload's business, which words them better. */
import { z } from 'zod';
import type { ExperimentPlan } from '../domain/experiment/experiment';
import type { FaultAction, FaultPlan, FaultTarget } from '../domain/fault';
import type { LogFilter } from '../domain/log-filter';
import { LOG_LEVELS } from '../domain/log-line';
import { OBSERVE_NOTHING, type Observe } from '../domain/observation';
import type { RunFilter } from '../domain/run-marks';
import type { Workload } from '../domain/workload';

export const runId = z.string().regex(/^r-\d{4,9}$/, 'a run id looks like r-0007');

const serviceName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/, 'not a Compose service name');

export const workload = z.object({
  amount: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('requests'), requests: z.number() }),
    z.object({ kind: z.literal('seconds'), seconds: z.number() }),
  ]),
  warmupSeconds: z.number(),
  clients: z.number(),
  payloadBytes: z.number(),
  getPercent: z.number(),
  placement: z.enum(['auto', 'shared', 'leader_apart', 'one_core', 'own_core']),
}) satisfies z.ZodType<Workload>;

const faultTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('replica'), name: serviceName }),
  z.object({ kind: z.literal('leader') }),
  z.object({ kind: z.literal('it') }),
]) satisfies z.ZodType<FaultTarget>;

const pairOfReplicas = z.object({ kind: z.literal('pair'), from: faultTarget, to: faultTarget, bothWays: z.boolean() });
const faultLink = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('into'), target: faultTarget }),
  pairOfReplicas,
  z.object({ kind: z.literal('everywhere') }),
]);

/** Its form alone; checkFault says in better words what cannot be done. */
const faultAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['kill', 'restart', 'pause', 'isolate']), target: faultTarget }),
  z.object({ kind: z.literal('cut'), link: pairOfReplicas }),
  z.object({ kind: z.literal('noise'), link: faultLink, lossPercent: z.number(), duplicatePercent: z.number() }),
]) satisfies z.ZodType<FaultAction>;

const faultPlan = z
  .array(z.object({ atSeconds: z.number(), action: faultAction, forSeconds: z.number().nullable() }))
  .max(1000) satisfies z.ZodType<FaultPlan>;

export const launch = z.object({
  scenario: z.string().min(1).max(128),
  variant: z.string().min(1).max(128),
  workload,
  insist: z.boolean().default(false),
  observe: z.object({ bpfStatistics: z.boolean(), trace: z.boolean() }).default(OBSERVE_NOTHING) satisfies z.ZodType<Observe>,
  faults: faultPlan.default([]),
  requestId: z.uuid(),
});

export const experimentId = z.string().regex(/^x-\d{4,9}$/, 'an experiment id looks like x-0007');

const word = z.string().max(200).optional();

export const list = z.object({
  limit: z.number().int().min(1).max(500).default(50),
  before: runId.optional(),
  search: word,
  scenario: word,
  variant: word,
  state: z.enum(['done', 'failed', 'stopped', 'interrupted', 'unfinished']).optional(),
  verdict: z.enum(['valid', 'suspect', 'invalid']).optional(),
  tag: word,
  experiment: experimentId.optional(),
}) satisfies z.ZodType<RunFilter>;

/** `epoch:seq`, as `tracked()` gave it out. */
const lastEventId = z.string().max(80).nullish();

export const byId = z.object({ id: runId });
export const watch = z.object({ id: runId, lastEventId });

/** Longer words are refused in words by the filter itself. */
export const logFilter = z.object({
  text: z.string().max(10_000),
  regex: z.boolean(),
  inverse: z.boolean(),
  level: z.enum(LOG_LEVELS),
  sources: z.array(serviceName).max(64),
}) satisfies z.ZodType<LogFilter>;
export const watchLog = z.object({ id: runId, filter: logFilter, lastEventId });
export const logChunk = z.object({ id: runId, filter: logFilter, chunk: z.number().int().min(0) });
export const bpfStatistics = z.object({ id: runId, on: z.boolean(), insist: z.boolean().default(false) });
export const injectFault = z.object({ runId, action: faultAction, forSeconds: z.number().nullable() });
export const endFault = z.object({ runId, faultId: z.number().int().min(1) });
export const readFaultPlan = z.object({
  text: z.string().max(20_000),
  scenario: z.string().min(1).max(128),
  seconds: z.number().nullable(),
});
export const overview = z.object({ lastEventId }).optional();
export const sample = z.object({ id: runId, replica: serviceName });
export const pair = z.object({ a: runId, b: runId });

const name = z.string().min(1).max(128);

/** Its form alone; checkPlan says what is wrong with a plan in better words. */
const plan = z.object({
  title: z.string(),
  question: z.string(),
  scenarios: z.array(name).max(64),
  variants: z.array(name).max(64),
  workloads: z.array(workload).max(64),
  pairs: z.number(),
  retriesPerPair: z.number(),
  seed: z.number(),
  insist: z.boolean().default(false),
}) satisfies z.ZodType<ExperimentPlan>;

export const createExperiment = z.object({ plan, requestId: z.uuid() });
export const experiments = z.object({
  limit: z.number().int().min(1).max(200).default(50),
  before: experimentId.optional(),
});
export const byExperiment = z.object({ id: experimentId });
export const watchExperiment = z.object({ id: experimentId, lastEventId });
export const retryPair = z.object({ id: experimentId, cell: z.number().int().min(0), pair: z.number().int().min(1) });

export const runIds = z.object({ ids: z.array(runId).min(1).max(10_000) });
export const marks = z.object({ id: runId, tags: z.array(z.string()).max(100), note: z.string().max(100_000).nullable() });
const policy = z.object({ maxAgeDays: z.number().positive().nullable(), maxBytes: z.number().positive().nullable() });
export const planRetention = z.object({ policy });
export const applyRetention = z.object({ policy, ids: z.array(runId).min(1).max(100_000) });
