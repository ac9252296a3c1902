import { expect, it } from 'vitest';
import type { BpfAttachment } from '@/server/api/types';
import { lanesOf, sayPlace } from './attach-lanes';

function attachment(kind: string, hook: string, changes: Partial<BpfAttachment> = {}): BpfAttachment {
  return { kind, hook, ifname: 'eth0', ifindex: 2, programId: 1, programName: 'p', priority: null, handle: null, ...changes };
}

it('orders hooks from the process outwards', () => {
  const lanes = lanesOf([
    attachment('xdp', 'generic'),
    attachment('tc', 'clsact/ingress'),
    attachment('tcx', 'tcx/ingress'),
    attachment('tc', 'clsact/egress'),
    attachment('tcx', 'tcx/egress'),
  ]);
  expect(lanes.map(({ title }) => title)).toEqual([
    'tcx egress',
    'clsact egress',
    'clsact ingress',
    'tcx ingress',
    'XDP generic',
  ]);
  expect(lanes.map(({ way }) => way)).toEqual(['leaves', 'leaves', 'arrives', 'arrives', 'arrives']);
});

it('puts several filters of one hook in the order in which they run', () => {
  const [lane] = lanesOf([
    attachment('tc', 'clsact/egress', { programId: 7, priority: 20, handle: '0x1' }),
    attachment('tc', 'clsact/egress', { programId: 8, priority: 10, handle: '0x2' }),
  ]);
  expect(lane?.attachments.map(({ programId }) => programId)).toEqual([8, 7]);
  expect(lane?.attachments.map(sayPlace)).toEqual(['priority 10, handle 0x2', 'priority 20, handle 0x1']);
});

it('leaves hooks that no packet passes on its way to the table', () => {
  expect(lanesOf([attachment('flow_dissector', '')])).toEqual([]);
});
