import { z } from 'zod';
import type { Proof } from '@/server/domain/proof';
import { GATE_IDS, type RunValidity } from '@/server/domain/validity/validity';

const number = z.number().nullable();
const perFollower = z.record(z.string(), number);
const text = z.string();

const mechanism = z.strictObject({
  verdict: z.enum(['offloaded', 'not_offloaded', 'broken', 'mixed', 'unknown']),
  reason: text,
  broadcasts: number,
  sent: number,
  clones: number,
  frames: perFollower,
  resends: number,
});

const delivery = z.strictObject({
  verdict: z.enum(['complete', 'lost', 'unknown']),
  reason: text,
  receipts: perFollower,
  lost: perFollower,
  duplicates: perFollower,
  declared: perFollower.default({}),
});

const sameLog = z.strictObject({
  verdict: z.enum(['same', 'differs', 'behind', 'unknown']),
  reason: text,
  commit: number,
  hash: text.nullable(),
  recomputed: text.nullable(),
  hashes: z.record(z.string(), text.nullable()),
  live: z.array(text).default([]),
});

export const proofSchema = z.strictObject({
  mechanism,
  delivery,
  sameLog,
  fits: z.boolean(),
  objections: z.array(text),
}) satisfies z.ZodType<Proof>;

export const validitySchema = z.strictObject({
  verdict: z.enum(['valid', 'suspect', 'invalid']),
  gates: z.array(
    z.strictObject({
      id: z.enum(GATE_IDS),
      title: text,
      state: z.enum(['pass', 'note', 'suspect', 'invalid', 'unknown']),
      value: text,
      detail: text,
      remedy: text.nullable(),
    }),
  ),
}) satisfies z.ZodType<RunValidity>;
