import type { BpfProgram, BpfSample, BpfWatchView, WatchedProgram, WatchedReplica } from '@/server/api/types';

/** What the inspector shows, whether a watcher looks now or a stored sample has to do. */
export type Inspection = {
  /** live: renewed with each look; last_look: the watcher is gone, this is what it saw last; sample: bpftool in the replicas. */
  source: 'live' | 'last_look' | 'sample';
  /** Milliseconds since the Unix epoch; null before the first look. */
  at: number | null;
  everyMs: number;
  replicas: WatchedReplica[];
  host: BpfWatchView['host'];
};

export function ofWatch(view: BpfWatchView, source: 'live' | 'last_look'): Inspection {
  const { at, everyMs, replicas, host } = view;
  return { source, at, everyMs, replicas, host };
}

/** From the newest sample of each replica; null without any. Samples hold no maps and no rates. */
export function ofSamples(samples: readonly BpfSample[]): Inspection | null {
  const newest = new Map<string, BpfSample>();
  for (const sample of samples) {
    const known = newest.get(sample.replica);
    // One that failed says less than an older one that did not.
    if (known === undefined || sample.problem === null || known.problem !== null) newest.set(sample.replica, sample);
  }
  if (newest.size === 0) return null;
  const kept = [...newest.values()];
  const owned = new Set(kept.flatMap((sample) => sample.programs.filter(isOwn).map(({ id }) => id)));
  // Each container sees the whole kernel: what one calls the host's may be another's.
  const host = new Map(kept.flatMap((sample) => sample.programs.map((program) => [program.id, program])));
  return {
    source: 'sample',
    at: Math.max(...kept.map(({ takenAt }) => takenAt)),
    everyMs: 0,
    replicas: kept.map(({ replica, programs, attachments, problem }) => ({
      name: replica,
      programs: programs.filter(isOwn).map(withMeans),
      attachments,
      maps: [],
      problem,
    })),
    host: [...host.values()].filter(({ id }) => !owned.has(id)).map(({ id, type, name, tag }) => ({ id, type, name, tag })),
  };
}

const isOwn = (program: BpfProgram) => program.owner === 'replica';

/** A single sample knows no rate, but the mean time per run since load where statistics were ever on. */
function withMeans(program: BpfProgram): WatchedProgram {
  const { runCnt, runTimeNs } = program;
  const nsPerRun = runCnt !== null && runTimeNs !== null && runCnt > 0 ? runTimeNs / runCnt : null;
  return { ...program, runsPerS: null, nsPerRun, cpuShare: null };
}
