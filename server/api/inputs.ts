/** What the browser may send. Bounds that depend on the scenario are checkWorkload's business, which words them better. */
import { z } from 'zod';
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

export const launch = z.object({
  scenario: z.string().min(1).max(128),
  variant: z.string().min(1).max(128),
  workload,
  insist: z.boolean().default(false),
  requestId: z.uuid(),
});

export const list = z.object({
  limit: z.number().int().min(1).max(500).default(50),
  before: runId.optional(),
  search: z.string().max(200).optional(),
});

/** `epoch:seq`, as `tracked()` gave it out. */
const lastEventId = z.string().max(80).nullish();

export const byId = z.object({ id: runId });
export const watch = z.object({ id: runId, lastEventId });
export const watchLogs = z.object({ id: runId, fromSeq: z.number().int().min(1).optional(), lastEventId });
export const overview = z.object({ lastEventId }).optional();
export const logPage = z.object({ id: runId, fromSeq: z.number().int().min(1), limit: z.number().int().min(1).max(5000) });
export const sample = z.object({ id: runId, replica: serviceName });
export const pair = z.object({ a: runId, b: runId });
