/** What counters gained between two looks. */
import type { UnownedProgram } from './bpf-ownership';
import type { BpfLook, WatchedProgram } from './bpf-watch';

export type ProgramRates = Pick<WatchedProgram, 'runsPerS' | 'nsPerRun' | 'cpuShare'>;

const UNKNOWN: ProgramRates = { runsPerS: null, nsPerRun: null, cpuShare: null };

/** null unless the kernel counted over the whole time between the two looks. cpuShare: 1 = one core. */
export function programRates(program: UnownedProgram, look: BpfLook, before: BpfLook | null): ProgramRates {
  if (before === null || !look.statistics || !before.statistics) return UNKNOWN;
  const elapsedNs = (look.at - before.at) * 1e6;
  // Ids are never given twice, but for a counter of 32 bits that nobody outlives.
  const earlier = before.programs.find(({ id }) => id === program.id);
  if (earlier === undefined || elapsedNs <= 0) return UNKNOWN;
  const runs = (program.runCnt ?? 0) - (earlier.runCnt ?? 0);
  const spentNs = (program.runTimeNs ?? 0) - (earlier.runTimeNs ?? 0);
  return {
    runsPerS: (runs / elapsedNs) * 1e9,
    nsPerRun: runs > 0 ? spentNs / runs : null,
    cpuShare: spentNs / elapsedNs,
  };
}

/** Of a counter that only grows; null without an earlier value, or if it was begun anew. */
export function perSecond(value: number, earlier: number | null, elapsedMs: number): number | null {
  return earlier === null || elapsedMs <= 0 || value < earlier ? null : ((value - earlier) * 1000) / elapsedMs;
}
