import { z } from 'zod';
import {
  type ExperimentPlan,
  type ExperimentRecord,
  METRIC_NAMES,
  type NoiseFloor,
} from '@/server/domain/experiment/experiment';
import { scenarioName, variantName, workloadSchema } from './workload-schema';

const planSchema = z.strictObject({
  title: z.string(),
  question: z.string(),
  scenarios: z.array(scenarioName).min(1),
  variants: z.array(variantName).min(2),
  workloads: z.array(workloadSchema).min(1),
  pairs: z.int().positive(),
  retriesPerPair: z.int().nonnegative(),
  seed: z.int().min(0).max(0xffff_ffff),
  insist: z.boolean(),
}) satisfies z.ZodType<ExperimentPlan>;

const noiseFloor = z.strictObject({
  experimentId: z.string(),
  measuredAt: z.number(),
  cells: z.array(
    z.strictObject({
      scenario: scenarioName,
      workload: workloadSchema,
      metric: z.enum(METRIC_NAMES),
      n: z.int().nonnegative(),
      band: z.tuple([z.number(), z.number()]),
    }),
  ),
}) satisfies z.ZodType<NoiseFloor>;

/** An experiment that does not run: its runs may still come, and an archive is a finished thing. */
export const experimentSchema = z.strictObject({
  id: z.string(),
  plan: planSchema,
  state: z.enum(['paused', 'done', 'cancelled']),
  note: z.string().nullable(),
  origin: z.enum(['panel', 'lab']),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  grantedRetries: z.array(z.strictObject({ cell: z.int().nonnegative(), pair: z.int().positive() })),
  importedFrom: z.strictObject({ storeId: z.string(), id: z.string(), at: z.number() }).nullable(),
  frozenNoiseFloor: noiseFloor.nullable(),
}) satisfies z.ZodType<ExperimentRecord>;
