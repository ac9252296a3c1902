import { z } from 'zod';
import type { UnownedProgram } from '@/server/domain/bpf-ownership';

/** `bpftool -j prog show`; fields that other versions add are ignored. */
const programList = z.array(
  z.object({
    id: z.number(),
    type: z.union([z.string(), z.number()]).transform(String).default('unknown'),
    name: z.string().default(''),
    tag: z.string().default(''),
    gpl_compatible: z.boolean().default(false),
    loaded_at: z.number().nullable().default(null),
    uid: z.number().nullable().default(null),
    bytes_xlated: z.number().nullable().default(null),
    jited: z.boolean().default(false),
    bytes_jited: z.number().nullable().default(null),
    bytes_memlock: z.number().nullable().default(null),
    map_ids: z.array(z.number()).default([]),
    btf_id: z.number().nullable().default(null),
    run_cnt: z.number().nullable().default(null),
    run_time_ns: z.number().nullable().default(null),
    pids: z.array(z.object({ pid: z.number(), comm: z.string() })).default([]),
  }),
);

export type Holder = { programId: number; pid: number; comm: string };

/**
 * holders: from this container's own processes. The `pids` of a bpftool that finds them itself are of its PID namespace
 * and replaced by these where there are any.
 */
export function parsePrograms(json: string, holders: Holder[]): UnownedProgram[] {
  return programList.parse(JSON.parse(json)).map((program) => {
    const held = holders.filter(({ programId }) => programId === program.id).map(({ pid, comm }) => ({ pid, comm }));
    return {
      id: program.id,
      type: program.type,
      name: program.name,
      tag: program.tag,
      gplCompatible: program.gpl_compatible,
      loadedAt: program.loaded_at,
      uid: program.uid,
      bytesXlated: program.bytes_xlated,
      jited: program.jited,
      bytesJited: program.bytes_jited,
      bytesMemlock: program.bytes_memlock,
      mapIds: program.map_ids,
      btfId: program.btf_id,
      pids: held.length > 0 ? held : program.pids,
      runCnt: program.run_cnt,
      runTimeNs: program.run_time_ns,
    };
  });
}

/** Lines `PROGRAM PID COMM`, one per open file descriptor; each process is named once per program. */
export function parseHolders(text: string): Holder[] {
  const holders = new Map<string, Holder>();
  for (const line of text.split('\n')) {
    const match = /^(\d+) (\d+) (.+)$/.exec(line);
    if (match === null) continue;
    const [, programId, pid, comm = ''] = match;
    holders.set(`${programId} ${pid}`, { programId: Number(programId), pid: Number(pid), comm });
  }
  return [...holders.values()];
}

/** Program ids in the text for people, which begin a line each. */
export function idsInVerbatim(verbatim: string): number[] {
  return [...verbatim.matchAll(/^(\d+): /gm)].map((match) => Number(match[1]));
}
