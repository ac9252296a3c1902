/** What flows at the moment, from the counters of a run's views over the last second. */
import type { ReplicaState } from '@/server/api/types';

/** What one replica counted when it last spoke. */
type Sample = {
  /** Its own clock's, milliseconds since the Unix epoch: what it counted, it counted then. */
  atMs: number;
  cpuNs: number | null;
  op: number | null;
  commit: number | null;
  sent: number | null;
  resends: number | null;
  frames: Record<string, number>;
};

/** Per second over the last second; null where that is not known. */
export type ClusterRates = {
  requestsPerS: number | null;
  repliesPerS: number | null;
  sendsPerS: number | null;
  resendsPerS: number | null;
  /** By follower. */
  copiesPerS: Record<string, number | null>;
  /** Operations the leader has and the follower lacks, at one and the same moment; 0 within what clocks can tell. */
  behind: Record<string, number>;
};

export const NO_RATES: ClusterRates = {
  requestsPerS: null,
  repliesPerS: null,
  sendsPerS: null,
  resendsPerS: null,
  copiesPerS: {},
  behind: {},
};

const WINDOW_MS = 1_000;
/** A shorter stretch would make a rate of one report's jitter. */
const LEAST_MS = 300;
/** Reports come this often, and a busy host delays them by some of it: what the leader does in this time is no gap. */
const REPORTED_EVERY_MS = 100;

/** The last reports of each replica, newest last. */
export class ClusterHistory {
  private readonly samples = new Map<string, Sample[]>();

  add(replicas: readonly ReplicaState[]): void {
    for (const replica of replicas) this.addOne(replica);
  }

  /** Over the second before the newest report; none of a replica that has been silent for longer than that. */
  rates(leader: string, nowMs: number): ClusterRates {
    const own = this.recent(leader, nowMs);
    const last = own.at(-1);
    if (last === undefined) return NO_RATES;
    const followers = [...this.samples.keys()].filter((name) => name !== leader);
    return {
      requestsPerS: perSecond(own, (sample) => sample.op),
      repliesPerS: perSecond(own, (sample) => sample.commit),
      sendsPerS: perSecond(own, (sample) => sample.sent),
      resendsPerS: perSecond(own, (sample) => sample.resends),
      copiesPerS: Object.fromEntries(followers.map((name) => [name, perSecond(own, (sample) => sample.frames[name] ?? null)])),
      behind: Object.fromEntries(followers.map((name) => [name, gap(own, this.samples.get(name)?.at(-1))])),
    };
  }

  private addOne({ name, lastSeenAt, ...state }: ReplicaState): void {
    if (lastSeenAt === null) return;
    const known = this.samples.get(name) ?? [];
    // Other words than its reports renew lastSeenAt too; each report has other CPU time than the one before.
    if (known.at(-1)?.cpuNs === state.cpuNs && known.length > 0) return;
    const { cpuNs, op, commit, sent, resends, frames } = state;
    const sample = { atMs: lastSeenAt, cpuNs, op, commit, sent, resends, frames };
    // One report from before the window stays: from it the window is whole.
    const from = known.findLastIndex(({ atMs }) => atMs <= lastSeenAt - WINDOW_MS);
    this.samples.set(name, [...known.slice(Math.max(0, from)), sample]);
  }

  private recent(name: string, nowMs: number): Sample[] {
    const known = this.samples.get(name) ?? [];
    const last = known.at(-1);
    return last === undefined || nowMs - last.atMs > WINDOW_MS * 1.5 ? [] : known;
  }
}

function perSecond(samples: readonly Sample[], counted: (sample: Sample) => number | null): number | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < LEAST_MS) return null;
  const [before, after] = [counted(first), counted(last)];
  // A counter that fell began anew: its container did.
  if (before === null || after === null || after < before) return null;
  return ((after - before) * 1_000) / (last.atMs - first.atMs);
}

/** Reports of two replicas are up to 100 ms apart, so the leader's op is taken at the follower's moment. */
function gap(leader: readonly Sample[], follower: Sample | undefined): number {
  if (follower === undefined || follower.op === null) return 0;
  const at = opAt(leader, follower.atMs);
  const rate = perSecond(leader, (sample) => sample.op) ?? 0;
  if (at === null) return 0;
  const behind = Math.round(at - follower.op);
  return behind > (rate * REPORTED_EVERY_MS) / 1_000 ? behind : 0;
}

/** Between two reports in a straight line; the last word where the follower spoke later. */
function opAt(samples: readonly Sample[], atMs: number): number | null {
  const next = samples.findIndex((sample) => sample.atMs >= atMs);
  if (next < 0) return samples.at(-1)?.op ?? null;
  const [before, after] = [samples[next - 1], samples[next]];
  if (after === undefined || after.op === null) return null;
  if (before === undefined || before.op === null) return after.atMs === atMs ? after.op : null;
  const share = (atMs - before.atMs) / (after.atMs - before.atMs);
  return before.op + (after.op - before.op) * share;
}
