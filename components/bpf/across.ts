import type { WatchedProgram, WatchedReplica } from '@/server/api/types';

/** Programs of one name on all replicas. */
export type ProgramGroup = {
  name: string;
  rows: { replica: string; program: WatchedProgram }[];
  /** Different tags among them: 1 means the same code everywhere. */
  tags: number;
  /** Replicas that have none of this name. */
  missing: string[];
};

export function groupPrograms(replicas: readonly WatchedReplica[]): ProgramGroup[] {
  const groups = new Map<string, ProgramGroup['rows']>();
  for (const { name: replica, programs } of replicas) {
    for (const program of programs) {
      const rows = groups.get(program.name) ?? [];
      rows.push({ replica, program });
      groups.set(program.name, rows);
    }
  }
  return [...groups].map(([name, rows]) => ({
    name,
    rows,
    tags: new Set(rows.map(({ program }) => program.tag)).size,
    missing: replicas.map((replica) => replica.name).filter((replica) => !rows.some((row) => row.replica === replica)),
  }));
}

/** `same tag on all 3 replicas`, `2 different tags`, `missing on replica2`. */
export function sayGroup({ tags, rows, missing }: ProgramGroup): { words: string; fine: boolean } {
  const holders = new Set(rows.map(({ replica }) => replica)).size;
  const words = [
    ...(tags > 1 ? [`${tags} different tags: not the same code everywhere`] : []),
    ...(missing.length > 0 ? [`missing on ${missing.join(', ')}`] : []),
  ];
  if (words.length > 0) return { words: words.join('; '), fine: false };
  return { words: holders === 1 ? 'on one replica' : `same tag on all ${holders} replicas`, fine: true };
}

/** Sum over programs; null as soon as none is known. */
export function sumOf(programs: readonly WatchedProgram[], field: 'runsPerS' | 'cpuShare'): number | null {
  const known = programs.map((program) => program[field]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
