import { formatCount, formatPlural } from '@/components/ui/format';
import type { PeerRow, RunView, WatchedReplica } from '@/server/api/types';

/** What of a run decides whether a missing program is wrong. */
type RunStanding = Pick<RunView, 'state'> & { config: Pick<RunView['config'], 'clientFormat'> };

export type ReplicaHealth = {
  /** One quiet line: `1 program, 45,270 runs/s`. */
  says: string;
  wrong: boolean;
};

/** What stands under a replica's name. Red is only for wrong: no program is that only where the lab's own replica measures. */
export function healthOf(replica: WatchedReplica | undefined, run: RunStanding): ReplicaHealth {
  if (replica === undefined) return { says: 'not looked at yet', wrong: false };
  if (replica.problem !== null) return { says: replica.problem, wrong: true };
  const drifted = driftOf(replica);
  if (drifted !== null) return { says: `${programsOf(replica)}, ${drifted}`, wrong: true };
  if (replica.programs.length === 0) return { says: 'no program', wrong: needsProgram(run) };
  if (replica.attachments.length === 0 && needsProgram(run))
    return { says: `${programsOf(replica)}, none attached`, wrong: true };
  const rate = runsPerSOf(replica);
  return { says: rate === null ? programsOf(replica) : `${programsOf(replica)}, ${formatCount(rate)} runs/s`, wrong: false };
}

/** `peer map drifted` or null. */
function driftOf({ maps }: WatchedReplica): string | null {
  for (const map of maps) {
    if (map.kind === 'peers' && map.rows.some(({ drift }) => drift.length > 0)) return 'peer map drifted';
    if (map.kind === 'fields' && map.rows.some(({ drift }) => drift)) return `${map.name} is not what it should be`;
  }
  return null;
}

/** Every replica of the lab loads a program before it says `ready`, in every variant; others may have none at all. */
function needsProgram({ config, state }: RunStanding): boolean {
  return config.clientFormat === 'lab' && (state === 'warmup' || state === 'measuring' || state === 'draining');
}

const programsOf = ({ programs }: WatchedReplica) => formatPlural(programs.length, 'program', 'programs');

/** All programs of a replica together; null if none is counted. */
export function runsPerSOf({ programs }: WatchedReplica): number | null {
  const known = programs.map(({ runsPerS }) => runsPerS).filter((rate) => rate !== null);
  return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0);
}

/** Every peer entry that is not what it should be, with whose map it stands in. */
export function driftsOf(replicas: readonly WatchedReplica[]): { replica: string; row: PeerRow }[] {
  return replicas.flatMap(({ name, maps }) =>
    maps.flatMap((map) =>
      map.kind === 'peers' ? map.rows.filter(({ drift }) => drift.length > 0).map((row) => ({ replica: name, row })) : [],
    ),
  );
}
