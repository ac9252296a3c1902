import type { BpfAttachment } from '@/server/api/types';

/** One hook of one interface with its programs in the order in which they run. */
export type AttachLane = {
  key: string;
  /** leaves: between the process and the wire; arrives: between the wire and the process. */
  way: 'leaves' | 'arrives';
  /** `clsact egress`, `tcx ingress`, `XDP generic`. */
  title: string;
  ifname: string;
  attachments: BpfAttachment[];
};

/**
 * The hooks in the order in which a packet meets them from the process outwards: tcx runs before classic filters, and XDP
 * before either. Kinds that packets of this kind never meet (flow dissector, netfilter) are left to the table.
 */
export function lanesOf(attachments: readonly BpfAttachment[]): AttachLane[] {
  const lanes = new Map<string, AttachLane>();
  for (const attachment of attachments) {
    const way = wayOf(attachment);
    if (way === null) continue;
    const key = `${attachment.ifname} ${attachment.kind} ${attachment.hook}`;
    const lane = lanes.get(key) ?? { key, way, title: titleOf(attachment), ifname: attachment.ifname, attachments: [] };
    lane.attachments.push(attachment);
    lanes.set(key, lane);
  }
  return [...lanes.values()]
    .map((lane) => ({ ...lane, attachments: inOrder(lane.attachments) }))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.ifname.localeCompare(b.ifname));
}

/** Classic filters run by priority; tcx and XDP in the order in which the kernel lists them. */
export function inOrder(attachments: readonly BpfAttachment[]): BpfAttachment[] {
  return [...attachments].sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
}

function wayOf({ kind, hook }: BpfAttachment): AttachLane['way'] | null {
  if (kind === 'xdp') return 'arrives';
  if (hook.endsWith('egress')) return 'leaves';
  if (hook.endsWith('ingress')) return 'arrives';
  return null;
}

function titleOf({ kind, hook }: BpfAttachment): string {
  if (kind === 'xdp') return `XDP ${hook}`.trim();
  return hook.replace('/', ' ');
}

function rankOf({ way, title }: AttachLane): number {
  if (way === 'leaves') return title.startsWith('tcx') ? 0 : 1;
  // From the process outwards: the classic filter is met last by a packet that arrives.
  if (title.startsWith('XDP')) return 4;
  return title.startsWith('tcx') ? 3 : 2;
}

/** `priority 1, handle 0x1`; nothing for hooks that have neither. */
export function sayPlace({ priority, handle }: BpfAttachment): string {
  return [priority === null ? null : `priority ${priority}`, handle === null ? null : `handle ${handle}`]
    .filter((word) => word !== null)
    .join(', ');
}
