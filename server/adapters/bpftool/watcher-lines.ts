import { z } from 'zod';
import type { BpfLook, BtfValue } from '@/server/domain/bpf-watch';
import { attachmentFields, programFields } from './bpf-fields';

/** What `bpfwatch` prints, one JSON object a line; ebpf/tests/golden/bpfwatch.jsonl holds one line of each kind. */
const btfValue: z.ZodType<BtfValue> = z.lazy(() =>
  z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(btfValue), z.record(z.string(), btfValue)]),
);

const program = z.object({ ...programFields, type: z.union([z.string(), z.number()]).transform(String) });

const replica = z.object({
  name: z.string(),
  attachments: z.array(z.object(attachmentFields)),
  holders: z.array(z.object({ programId: z.number(), pid: z.number(), comm: z.string() })),
  interfaces: z.array(z.object({ ifname: z.string(), ifindex: z.number(), mac: z.string(), ip: z.string().nullable() })),
  neighbours: z.array(z.object({ ip: z.string(), mac: z.string(), state: z.string() })),
  problem: z.string().nullable(),
});

const map = z.object({
  id: z.number(),
  name: z.string(),
  type: z.string(),
  keyBytes: z.number(),
  valueBytes: z.number(),
  maxEntries: z.number(),
  entries: z.array(z.object({ key: btfValue, value: btfValue })),
  enums: z.record(z.string(), z.record(z.string(), z.string())),
  problem: z.string().nullable(),
});

const look = z
  .object({
    v: z.literal(1),
    kind: z.literal('look'),
    atUs: z.number(),
    statistics: z.boolean(),
    costNs: z.number(),
    programs: z.array(program.transform((each) => ({ ...each, pids: [] }))),
    replicas: z.array(replica),
    maps: z.array(map),
  })
  .transform(({ v: _v, kind, atUs, ...rest }) => {
    const seen: BpfLook = { at: atUs / 1000, ...rest };
    return { kind, look: seen };
  });

const hello = z.object({ v: z.literal(1), kind: z.literal('hello'), kernel: z.string(), cpus: z.number(), btf: z.boolean() });
const problem = z.object({ v: z.literal(1), kind: z.literal('problem'), message: z.string() });

export const watcherLine = z.union([look, hello, problem]);
export type WatcherLine = z.infer<typeof watcherLine>;

/** Throws for a line that is no JSON, or of another version. */
export function parseWatcherLine(text: string): WatcherLine {
  return watcherLine.parse(JSON.parse(text));
}
