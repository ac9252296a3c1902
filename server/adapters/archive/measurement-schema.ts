import { z } from 'zod';
import type { StoredEvent } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import type { LatencyInterval } from '@/server/domain/latency';
import { LOG_LEVELS, LOG_MARKS, type LogLine } from '@/server/domain/log-line';
import { attachmentFields, programFields } from '../bpftool/bpf-fields';

const count = z.int().nonnegative();
const ns = z.number().nonnegative();

/** Pairs of index and count, as latency.ts defines them. */
const histogram = z.array(count).refine(isHistogram, 'pairs of ascending index and count of at least 1');

function isHistogram(cells: number[]): boolean {
  const ascends = (at: number) => at === 0 || (cells[at] ?? 0) > (cells[at - 2] ?? 0);
  return cells.length % 2 === 0 && cells.every((cell, at) => (at % 2 === 0 ? ascends(at) : cell >= 1));
}

export const intervalSchema = z.strictObject({
  phase: z.enum(['warmup', 'measuring']),
  index: count,
  startUs: ns,
  durationUs: ns,
  completed: count,
  timeouts: count,
  retries: count,
  sumNs: ns,
  minNs: ns,
  maxNs: ns,
  hist: histogram,
}) satisfies z.ZodType<LatencyInterval>;

export const eventSchema = z.strictObject({
  tUs: z.number(),
  source: z.string(),
  event: z.string(),
  json: z.string(),
}) satisfies z.ZodType<StoredEvent>;

export const logLineSchema = z.strictObject({
  seq: z.int().positive(),
  time: z.string(),
  source: z.string(),
  stream: z.enum(['stdout', 'stderr']),
  level: z.enum(LOG_LEVELS),
  text: z.string(),
  mark: z.enum(LOG_MARKS).optional(),
  late: z.literal(true).optional(),
}) satisfies z.ZodType<LogLine>;

const program = z.strictObject({
  ...programFields,
  type: z.string(),
  pids: z.array(z.strictObject({ pid: z.number(), comm: z.string() })),
  owner: z.enum(['replica', 'host']),
  ownerReason: z.string(),
});

const attachment = z.strictObject(attachmentFields);

export const sampleSchema = z.strictObject({
  replica: z.string(),
  takenAt: z.number(),
  moment: z.enum(['before_warmup', 'after_measuring', 'on_demand']),
  insideWindow: z.boolean(),
  verbatim: z.string(),
  programs: z.array(program),
  attachments: z.array(attachment),
  problem: z.string().nullable(),
}) satisfies z.ZodType<BpfSample>;
