import { z } from 'zod';
import type { BpfAttachment } from '@/server/domain/bpf-program';

const netEntry = z.object({
  devname: z.string().default(''),
  ifindex: z.number().nullable().default(null),
  /** tc: `clsact/egress`; tcx: `tcx/egress`. */
  kind: z.string().optional(),
  /** xdp: `generic` or `driver`. */
  mode: z.string().optional(),
  name: z.string().default(''),
  id: z.number().optional(),
  /** What newer versions call it for tcx and netkit. */
  prog_id: z.number().optional(),
  multi_attachments: z.array(z.object({ mode: z.string().optional(), id: z.number() })).optional(),
});

/** `bpftool -j net`: one object whose keys are the kinds of attachment (`xdp`, `tc`, `flow_dissector`, ...). */
const netDocument = z.tuple([z.record(z.string(), z.array(netEntry))]);

const tcFilters = z.array(
  z.object({
    pref: z.number().optional(),
    kind: z.string().optional(),
    options: z
      .object({
        handle: z.string().optional(),
        bpf_name: z.string().default(''),
        prog: z.object({ id: z.number(), name: z.string().default('') }).optional(),
      })
      .optional(),
  }),
);

export function parseNet(json: string): BpfAttachment[] {
  const [kinds] = netDocument.parse(JSON.parse(json));
  return Object.entries(kinds).flatMap(([kind, entries]) =>
    entries.flatMap((entry) => {
      const programs = entry.multi_attachments ?? [{ mode: entry.mode, id: entry.prog_id ?? entry.id ?? null }];
      return programs.map(({ mode, id }) => ({
        kind: entry.kind?.startsWith('tcx/') ? 'tcx' : kind,
        ifname: entry.devname,
        ifindex: entry.ifindex,
        hook: entry.kind ?? mode ?? '',
        programId: id,
        programName: entry.name,
        priority: null,
        handle: null,
      }));
    }),
  );
}

/** `tc -j filter show dev NAME SIDE`: what bpftool leaves out, priority and handle. */
export function parseTcFilters(json: string, ifname: string, side: string): BpfAttachment[] {
  return tcFilters.parse(JSON.parse(json.trim() === '' ? '[]' : json)).flatMap(({ pref, kind, options }) => {
    if (kind !== 'bpf' || options?.prog === undefined) return [];
    return {
      kind: 'tc',
      ifname,
      ifindex: null,
      hook: `clsact/${side}`,
      programId: options.prog.id,
      programName: options.prog.name,
      priority: pref ?? null,
      handle: options.handle ?? null,
    };
  });
}

/** The attachments of both tools, each once: bpftool's, completed by tc's, and what tc alone saw. */
export function mergeAttachments(fromNet: BpfAttachment[], fromTc: BpfAttachment[]): BpfAttachment[] {
  const left = [...fromTc];
  const merged = fromNet.map((attachment) => {
    const at = left.findIndex((other) => isSamePlace(attachment, other));
    const [same] = at < 0 ? [] : left.splice(at, 1);
    return same === undefined ? attachment : { ...attachment, priority: same.priority, handle: same.handle };
  });
  return [...merged, ...left];
}

function isSamePlace(a: BpfAttachment, b: BpfAttachment): boolean {
  return a.ifname === b.ifname && a.hook === b.hook && a.programId === b.programId;
}
