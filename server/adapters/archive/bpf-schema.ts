import { z } from 'zod';
import type { BpfRecord } from '@/server/domain/archive';

const program = { replica: z.string(), programId: z.number(), name: z.string(), tag: z.string() };
const column = z.array(z.number().nullable());

const series = z
  .strictObject({ ...program, at: z.array(z.number()), runCnt: column, runTimeNs: column })
  .refine(
    ({ at, runCnt, runTimeNs }) => at.length === runCnt.length && at.length === runTimeNs.length,
    'columns of one length',
  );

const life = z.strictObject({
  ...program,
  loadedAt: z.number().nullable(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  gone: z.boolean(),
});

const code = z.strictObject({
  ...program,
  lines: z.array(
    z.strictObject({
      kind: z.enum(['label', 'source', 'instruction']),
      text: z.string(),
      sourceLine: z.number().nullable(),
    }),
  ),
  problem: z.string().nullable(),
});

export const bpfSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('series'), series }),
  z.strictObject({ kind: z.literal('life'), life }),
  z.strictObject({ kind: z.literal('code'), code }),
]) satisfies z.ZodType<BpfRecord>;
