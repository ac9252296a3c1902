import type { BpfAttachment, BpfProgram } from './bpf-program';

export type UnownedProgram = Omit<BpfProgram, 'owner' | 'ownerReason'>;

/** What shows that programs belong to a replica: places in its network namespace, and what its processes hold open. */
export type OwnershipEvidence = {
  name: string;
  attachments: Pick<BpfAttachment, 'ifname' | 'hook' | 'programId'>[];
  holders: { programId: number; pid: number; comm: string }[];
};

/** reason: the rule that decided, in words. */
export type Ownership = { replica: string; reason: string };

/** Whoever lists programs holds each of the host's for a moment, and the tool may be at work inside a replica. */
const LISTING_TOOLS = new Set(['bpftool', 'bpfwatch']);

/**
 * Tells each replica's programs from the others' and from the host's: a kernel lists every program, in any container. By
 * program id; a program that is not in the result is the host's, those of other runs among them. A program has one owner.
 * Rules, the first that holds for anybody decides:
 *   1. attached at an interface of the replica's network namespace;
 *   2. held open by one of its processes;
 *   3. of the same load as a program of 1 or 2: the same BTF object and a shared map.
 */
export function attributePrograms(
  programs: readonly UnownedProgram[],
  replicas: readonly OwnershipEvidence[],
): Map<number, Ownership> {
  const owners = new Map<number, Ownership>();
  for (const say of [sayAttached, sayHeld]) {
    for (const { id } of programs) {
      if (owners.has(id)) continue;
      const found = firstOwner(replicas, (evidence) => say(id, evidence));
      if (found !== null) owners.set(id, found);
    }
  }
  const direct = programs.filter(({ id }) => owners.has(id));
  for (const program of programs) {
    const owner = owners.get(program.id) ?? ownerOfLoad(program, direct, owners);
    if (owner !== null) owners.set(program.id, owner);
  }
  return owners;
}

/** The same for one container alone: its own programs, and all others as the host's. programs.pids: its own processes. */
export function decideOwnership(programs: UnownedProgram[], attachments: BpfAttachment[]): BpfProgram[] {
  const holders = programs.flatMap(({ id, pids }) => pids.map((holder) => ({ programId: id, ...holder })));
  const owners = attributePrograms(programs, [{ name: 'replica', attachments, holders }]);
  return programs.map((program) => {
    const reason = owners.get(program.id)?.reason;
    return reason === undefined
      ? { ...program, owner: 'host', ownerReason: 'neither attached in this container nor held by its processes' }
      : { ...program, owner: 'replica', ownerReason: reason };
  });
}

function firstOwner(
  replicas: readonly OwnershipEvidence[],
  say: (evidence: OwnershipEvidence) => string | null,
): Ownership | null {
  for (const evidence of replicas) {
    const reason = say(evidence);
    if (reason !== null) return { replica: evidence.name, reason };
  }
  return null;
}

function sayAttached(id: number, { attachments }: OwnershipEvidence): string | null {
  const places = attachments.filter(({ programId }) => programId === id).map(({ ifname, hook }) => `${ifname} ${hook}`);
  return places.length > 0 ? `attached at ${places.join(', ')}` : null;
}

function sayHeld(id: number, { holders }: OwnershipEvidence): string | null {
  const own = holders.filter(({ programId, comm }) => programId === id && !LISTING_TOOLS.has(comm));
  return own.length > 0 ? `held by ${own.map(({ pid, comm }) => `pid ${pid} (${comm})`).join(', ')}` : null;
}

function ownerOfLoad(
  program: UnownedProgram,
  direct: readonly UnownedProgram[],
  owners: ReadonlyMap<number, Ownership>,
): Ownership | null {
  if (program.btfId === null) return null;
  for (const other of direct) {
    const shared = program.mapIds.find((id) => other.mapIds.includes(id));
    const owner = owners.get(other.id);
    if (owner === undefined || other.btfId !== program.btfId || shared === undefined) continue;
    return { replica: owner.replica, reason: `loaded with program ${other.id} (btf ${program.btfId}, map ${shared})` };
  }
  return null;
}
