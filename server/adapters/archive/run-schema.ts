import { z } from 'zod';
import type { ReplicaDeath, RunConditions } from '@/server/domain/conditions';
import type { Place } from '@/server/domain/experiment/place';
import type { HostFacts } from '@/server/domain/host';
import type { LatencySummary } from '@/server/domain/latency';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import { type ReplicaState, RUN_PHASES, type RunConfig, type RunView } from '@/server/domain/run';
import {
  afflictionSchema,
  faultSchema,
  healthSchema,
  leaderChangeSchema,
  outageSchema,
  plannedFaultSchema,
  safetySchema,
  standingSchema,
  viewEntrySchema,
} from './fault-schema';
import { proofSchema, validitySchema } from './proof-schema';
import { scenarioName, variantSchema, workloadSchema } from './workload-schema';

const number = z.number().nullable();
const text = z.string();
const phase = z.enum(RUN_PHASES);

const place = z.strictObject({
  experimentId: text,
  cell: z.int().nonnegative(),
  pair: z.int().positive(),
  attempt: z.int().positive(),
  side: z.int().nonnegative(),
}) satisfies z.ZodType<Place>;

const config = z.strictObject({
  id: text,
  scenario: scenarioName,
  scenarioTitle: text,
  replicas: z.array(z.strictObject({ id: z.int().positive(), service: text })).min(1),
  quorum: z.int().positive(),
  clientService: text,
  clientFormat: z.enum(['lab', 'electrode']),
  variant: variantSchema,
  workload: workloadSchema,
  cpusets: z.record(text, text),
  label: text,
  project: text,
  origin: z.enum(['panel', 'lab']),
  createdAt: z.number(),
  // Archives from before runs could ask for these have none of them.
  observe: z.strictObject({ bpfStatistics: z.boolean(), trace: z.boolean() }).default(OBSERVE_NOTHING),
  faults: z.array(plannedFaultSchema).default([]),
  place: place.nullable(),
  importedFrom: z.strictObject({ storeId: text, id: text, at: z.number(), note: text.nullable() }).nullable(),
}) satisfies z.ZodType<RunConfig>;

const replica = z.strictObject({
  id: z.int().positive(),
  name: text,
  role: z.enum(['leader', 'follower', 'unknown']),
  health: healthSchema.nullable().default(null),
  affliction: afflictionSchema.nullable().default(null),
  gap: number.default(null),
  acked: z.record(text, z.number()).default({}),
  container: text,
  address: text.nullable(),
  view: number,
  op: number,
  commit: number,
  logHash: text.nullable(),
  broadcasts: number,
  sent: number,
  frames: z.record(text, z.number()),
  receipts: number,
  resends: number,
  drops: number,
  cpuNs: number,
  cpuShare: number,
  rssBytes: number,
  lastSeenAt: number,
}) satisfies z.ZodType<ReplicaState>;

const latency = z.strictObject({
  n: z.int().positive(),
  minNs: number,
  meanNs: number,
  p50Ns: z.number(),
  p90Ns: z.number(),
  p95Ns: z.number(),
  p99Ns: z.number(),
  p999Ns: number,
  maxNs: number,
}) satisfies z.ZodType<LatencySummary>;

const host = z.strictObject({
  kernel: text,
  cpuModel: text,
  cores: z.number(),
  memoryBytes: z.number(),
  engine: text,
  compose: text,
  storageDriver: text,
  governor: text.nullable(),
  load1: z.number(),
  btf: z.boolean(),
  bpfStats: z.boolean().nullable(),
  os: text,
}) satisfies z.ZodType<HostFacts>;

const conditions = z.strictObject({
  windowMs: z.number(),
  cores: z.number(),
  runCores: number,
  clientCores: number,
  labCores: number,
  engineCores: number,
  outsideCores: number,
  outside: z.array(z.strictObject({ pid: z.number(), command: text, cores: z.number() })),
  stealCores: number,
  mhz: z.strictObject({ begin: z.number(), end: z.number() }).nullable(),
  memoryAvailableBytes: number,
  memoryStallShare: number,
  swappedPages: number,
  viewers: z.number(),
  problem: text.nullable(),
}) satisfies z.ZodType<RunConditions>;

const death = z.strictObject({
  service: text,
  exitCode: number,
  at: z.number(),
  led: z.boolean(),
}) satisfies z.ZodType<ReplicaDeath>;

/** A run that is over. */
export const runViewSchema = z.strictObject({
  config,
  state: z.enum(['done', 'failed', 'stopped', 'interrupted']),
  phases: z.array(z.strictObject({ phase, startedAt: z.number(), endedAt: number, detail: text.nullable() })),
  startedAt: number,
  endedAt: number,
  progress: z.strictObject({ fraction: z.number(), etaMs: number }).nullable(),
  error: z
    .strictObject({
      code: text,
      message: text,
      remedy: text.nullable(),
      service: text.nullable(),
      lastLines: z.array(text),
    })
    .nullable(),
  replicas: z.array(replica),
  offloadSoFar: z.enum(['offloaded', 'not_offloaded', 'broken', 'mixed', 'unknown']).nullable(),
  completed: z.int().nonnegative(),
  timeouts: z.int().nonnegative(),
  clientRetries: z.int().nonnegative(),
  latency: latency.nullable(),
  throughputPerS: number,
  leaderCpuNs: number,
  launchToFirstRequestMs: number,
  proof: proofSchema.nullable(),
  host: host.nullable(),
  imageDigest: text.nullable(),
  gitCommit: text.nullable(),
  logLines: z.int().nonnegative(),
  logDropped: z.int().nonnegative(),
  logLate: z.int().nonnegative().default(0),
  observedAtMs: z.array(z.number()),
  observations: z
    .array(z.strictObject({ kind: z.enum(['bpf_watch', 'bpf_statistics', 'trace']), fromMs: z.number(), toMs: number }))
    .default([]),
  deaths: z.array(death),
  faults: z.array(faultSchema).default([]),
  outages: z.array(outageSchema).default([]),
  views: z.array(viewEntrySchema).default([]),
  leaders: z.array(leaderChangeSchema).default([]),
  standing: standingSchema.nullable().default(null),
  safety: safetySchema.nullable().default(null),
  conditions: conditions.nullable(),
  validity: validitySchema.nullable(),
  removed: text.nullable(),
}) satisfies z.ZodType<RunView>;
