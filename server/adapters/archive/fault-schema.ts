import { z } from 'zod';
import type {
  Affliction,
  FaultAction,
  FaultRecord,
  LeaderChange,
  Outage,
  PlannedFault,
  Safety,
  Standing,
  ViewEntry,
} from '@/server/domain/fault';

const text = z.string();
const number = z.number().nullable();
const percent = z.number().min(0).max(100);

export const healthSchema = z.enum(['recovering', 'normal', 'view_change', 'lost_memory']);

export const afflictionSchema = z.enum([
  'killed',
  'paused',
  'isolated',
  'exited',
  'recovering',
  'lost_memory',
]) satisfies z.ZodType<Affliction>;

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('replica'), name: text }),
  z.strictObject({ kind: z.literal('leader') }),
  z.strictObject({ kind: z.literal('it') }),
]);

const pair = z.strictObject({ kind: z.literal('pair'), from: target, to: target, bothWays: z.boolean() });

const link = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('into'), target }),
  pair,
  z.strictObject({ kind: z.literal('everywhere') }),
]);

const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kill'), target }),
  z.strictObject({ kind: z.literal('restart'), target }),
  z.strictObject({ kind: z.literal('pause'), target }),
  z.strictObject({ kind: z.literal('isolate'), target }),
  z.strictObject({ kind: z.literal('cut'), link: pair }),
  z.strictObject({ kind: z.literal('noise'), link, lossPercent: percent, duplicatePercent: percent }),
]) satisfies z.ZodType<FaultAction>;

export const plannedFaultSchema = z.strictObject({
  atSeconds: z.number(),
  action,
  forSeconds: number,
}) satisfies z.ZodType<PlannedFault>;

export const faultSchema = z.strictObject({
  id: z.int(),
  action,
  title: text,
  targets: z.array(text),
  links: z.array(z.strictObject({ from: text, to: text })),
  origin: z.enum(['plan', 'panel', 'lab']),
  startedAt: z.number(),
  endsAt: number,
  endedAt: number,
  end: z.enum(['over', 'asked', 'run_over', 'lost']).nullable(),
  lost: number,
  doubled: number,
  recoveryMs: number,
  problem: text.nullable(),
}) satisfies z.ZodType<FaultRecord>;

export const outageSchema = z.strictObject({
  startMs: z.number(),
  durationMs: z.number(),
  leaderBefore: text.nullable(),
  leaderAfter: text.nullable(),
}) satisfies z.ZodType<Outage>;

export const viewEntrySchema = z.strictObject({
  replica: text,
  at: z.number(),
  health: healthSchema,
  view: z.number(),
  leader: text,
  op: z.number(),
  commit: z.number(),
}) satisfies z.ZodType<ViewEntry>;

export const leaderChangeSchema = z.strictObject({
  at: z.number(),
  view: z.number(),
  leader: text,
}) satisfies z.ZodType<LeaderChange>;

export const standingSchema = z.strictObject({
  state: z.enum(['serving', 'no_quorum', 'memory_lost', 'changing_views']),
  replicas: z.array(text),
  sentence: text,
}) satisfies z.ZodType<Standing>;

export const safetySchema = z.strictObject({
  verdict: z.enum(['safe', 'unsafe', 'not_decided']),
  reason: text,
  linearizability: z
    .strictObject({
      verdict: z.enum(['linearizable', 'violated', 'not_decided']),
      keys: z.number(),
      operations: z.number(),
      pending: z.number(),
      undecidedKeys: z.number(),
      steps: z.number(),
      costNs: z.number(),
      reason: text,
    })
    .nullable(),
}) satisfies z.ZodType<Safety>;
