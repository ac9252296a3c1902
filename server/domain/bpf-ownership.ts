import type { BpfAttachment, BpfProgram } from './bpf-program';

export type UnownedProgram = Omit<BpfProgram, 'owner' | 'ownerReason'>;

/**
 * Tells this replica's programs from the rest of the host's: `bpftool prog show` lists every program of the kernel,
 * in any container. Rules, the first that holds decides:
 *   1. attached at an interface of the container's network namespace;
 *   2. held open by one of its processes;
 *   3. of the same load as a program of 1 or 2: the same BTF object and a shared map.
 * attachments: of this container's namespace alone. pids: filled from the container's own processes.
 */
export function decideOwnership(programs: UnownedProgram[], attachments: BpfAttachment[]): BpfProgram[] {
  const direct = new Map<number, string>();
  for (const program of programs) {
    const reason = sayAttached(program, attachments) ?? sayHeld(program);
    if (reason !== null) direct.set(program.id, reason);
  }
  const owned = programs.filter(({ id }) => direct.has(id));
  return programs.map((program) => {
    const reason = direct.get(program.id) ?? saySameLoad(program, owned);
    return reason === null
      ? { ...program, owner: 'host', ownerReason: 'neither attached in this container nor held by its processes' }
      : { ...program, owner: 'replica', ownerReason: reason };
  });
}

function sayAttached({ id }: UnownedProgram, attachments: BpfAttachment[]): string | null {
  const places = attachments.filter(({ programId }) => programId === id).map(({ ifname, hook }) => `${ifname} ${hook}`);
  return places.length > 0 ? `attached at ${places.join(', ')}` : null;
}

function sayHeld({ pids }: UnownedProgram): string | null {
  return pids.length > 0 ? `held by ${pids.map(({ pid, comm }) => `pid ${pid} (${comm})`).join(', ')}` : null;
}

function saySameLoad(program: UnownedProgram, owned: UnownedProgram[]): string | null {
  if (program.btfId === null) return null;
  for (const other of owned) {
    const shared = program.mapIds.find((id) => other.mapIds.includes(id));
    if (other.btfId === program.btfId && shared !== undefined) {
      return `loaded with program ${other.id} (btf ${program.btfId}, map ${shared})`;
    }
  }
  return null;
}
