import { describe, expect, it } from 'vitest';
import { attributePrograms, decideOwnership, type OwnershipEvidence, type UnownedProgram } from './bpf-ownership';
import type { BpfAttachment } from './bpf-program';

const program = (id: number, changes: Partial<UnownedProgram> = {}): UnownedProgram => ({
  id,
  type: 'sched_cls',
  name: 'lab_broadcast',
  tag: '0123456789abcdef',
  gplCompatible: true,
  loadedAt: null,
  uid: 0,
  bytesXlated: 100,
  jited: true,
  bytesJited: 80,
  bytesMemlock: 4096,
  mapIds: [],
  btfId: null,
  pids: [],
  runCnt: null,
  runTimeNs: null,
  ...changes,
});

const egress: BpfAttachment = {
  kind: 'tc',
  ifname: 'eth0',
  ifindex: 2,
  hook: 'clsact/egress',
  programId: 42,
  programName: 'lab_broadcast',
  priority: 1,
  handle: '0x1',
};

const owners = (programs: UnownedProgram[], attachments: BpfAttachment[]) =>
  decideOwnership(programs, attachments).map(({ id, owner, ownerReason }) => [id, owner, ownerReason]);

describe('decideOwnership', () => {
  it('takes what is attached in the container, and leaves the same program of another replica to the host', () => {
    expect(owners([program(42), program(43)], [egress])).toEqual([
      [42, 'replica', 'attached at eth0 clsact/egress'],
      [43, 'host', 'neither attached in this container nor held by its processes'],
    ]);
  });

  it('takes what its processes hold though it is attached nowhere: a filter removed by hand', () => {
    expect(owners([program(42, { pids: [{ pid: 1, comm: 'replica' }] })], [])).toEqual([
      [42, 'replica', 'held by pid 1 (replica)'],
    ]);
  });

  it('takes programs of the same load, by BTF and a shared map', () => {
    const loaded = { btfId: 17, mapIds: [5, 6] };
    expect(owners([program(42, loaded), program(44, { btfId: 17, mapIds: [6] })], [egress])[1]).toEqual([
      44,
      'replica',
      'loaded with program 42 (btf 17, map 6)',
    ]);
  });

  it('does not take a program by BTF alone, by a map alone, or because neither has any BTF', () => {
    const own = program(42, { btfId: 17, mapIds: [5] });
    const others = [program(50, { btfId: 17 }), program(51, { btfId: 18, mapIds: [5] }), program(52, { mapIds: [5] })];
    expect(
      owners([own, ...others], [egress])
        .slice(1)
        .map(([, owner]) => owner),
    ).toEqual(['host', 'host', 'host']);
    expect(owners([program(42, { mapIds: [5] }), program(53, { mapIds: [5] })], [egress])[1]?.[1]).toBe('host');
  });

  it('names every place a program is attached at', () => {
    const [first] = owners([program(42)], [egress, { ...egress, ifname: 'eth1' }]);
    expect(first?.[2]).toBe('attached at eth0 clsact/egress, eth1 clsact/egress');
  });
});

describe('attributePrograms', () => {
  const evidence = (name: string, changes: Partial<OwnershipEvidence> = {}): OwnershipEvidence => {
    return { name, attachments: [], holders: [], ...changes };
  };
  const ownersOf = (programs: UnownedProgram[], replicas: OwnershipEvidence[]) =>
    Object.fromEntries([...attributePrograms(programs, replicas)].map(([id, { replica }]) => [id, replica]));

  it('gives a program to one replica: where it is attached, before who holds it', () => {
    const replicas = [
      evidence('replica1', { holders: [{ programId: 42, pid: 9, comm: 'sh' }] }),
      evidence('replica2', { attachments: [egress] }),
    ];
    expect(ownersOf([program(42), program(43)], replicas)).toEqual({ 42: 'replica2' });
  });

  it('takes a tool that lists programs for nobody, whatever it holds for a moment', () => {
    const holders = [42, 43].flatMap((programId) => ['bpftool', 'bpfwatch'].map((comm) => ({ programId, pid: 9, comm })));
    expect(ownersOf([program(42), program(43)], [evidence('replica1', { holders })])).toEqual({});
  });

  it('follows a load to its replica among several', () => {
    const replicas = [
      evidence('replica1', { attachments: [{ ...egress, programId: 41 }] }),
      evidence('replica2', { attachments: [egress] }),
    ];
    const programs = [
      program(41, { btfId: 16, mapIds: [4] }),
      program(42, { btfId: 17, mapIds: [5] }),
      program(44, { btfId: 17, mapIds: [5] }),
      program(45, { btfId: 16, mapIds: [5] }),
    ];
    expect(ownersOf(programs, replicas)).toEqual({ 41: 'replica1', 42: 'replica2', 44: 'replica2' });
  });
});
