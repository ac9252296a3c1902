import { z } from 'zod';
import type { Variant } from '@/server/domain/scenario';
import type { Workload } from '@/server/domain/workload';

export const variantName = z.string().min(1).max(200);
export const scenarioName = z.string().min(1).max(200);

export const workloadSchema = z.strictObject({
  amount: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('requests'), requests: z.number().nonnegative() }),
    z.strictObject({ kind: z.literal('seconds'), seconds: z.number().nonnegative() }),
  ]),
  warmupSeconds: z.number().nonnegative(),
  clients: z.int().positive(),
  payloadBytes: z.number().nonnegative(),
  getPercent: z.number().min(0).max(100),
  placement: z.enum(['auto', 'shared', 'leader_apart', 'one_core', 'own_core']),
}) satisfies z.ZodType<Workload>;

export const variantSchema = z.strictObject({
  name: variantName,
  title: z.string(),
  environment: z.record(z.string(), z.string()),
  image: z.string().nullable(),
  expects: z.enum(['not_offloaded', 'offloaded', 'anything']),
}) satisfies z.ZodType<Variant>;
