import { tookAway } from '@/server/domain/declared-faults';
import type { FaultRecord } from '@/server/domain/fault';
import { type LatencySummary, summariseTotals } from '@/server/domain/latency';
import type { MechanismVerdict, ProofEvidence } from '@/server/domain/proof';
import type { ReplicaState, RunView } from '@/server/domain/run';
import { framesSince } from './leader-totals';
import { countersOf, leaderCpuNs, type ReplicaTelemetry } from './replica-telemetry';
import type { RunTelemetry } from './run-telemetry';

/** The run's view with what its replicas said; container and address stay the engine's word. */
export function withReplicas(view: RunView, telemetry: RunTelemetry): RunView {
  return {
    ...view,
    replicas: view.replicas.map((replica) => mergeReplica(replica, telemetry)),
    ...telemetry.viewHistory,
    // Once there is a proof, its verdict counts, whatever is counted afterwards.
    offloadSoFar: view.proof === null ? (offloadSoFar(telemetry, view.faults) ?? view.offloadSoFar) : view.offloadSoFar,
    leaderCpuNs: telemetry.replicas.map(leaderCpuNs).find((value) => value !== null) ?? null,
  };
}

/** The run's view with what its client said: running values, and its own count of the whole window in the end. */
export function withFigures(view: RunView, telemetry: RunTelemetry): RunView {
  const { totals, summary } = telemetry;
  return {
    ...view,
    completed: summary?.completed ?? totals.n,
    timeouts: summary?.timeouts ?? totals.timeouts,
    clientRetries: summary?.retries ?? totals.retries,
    latency: latencyOf(telemetry),
    throughputPerS: throughputOf(telemetry),
  };
}

function mergeReplica(replica: ReplicaState, telemetry: RunTelemetry): ReplicaState {
  const said = telemetry.replicas.find(({ state }) => state.name === replica.name);
  if (said === undefined) return replica;
  const { state } = said;
  // Whoever led last and was killed or stands still never says that another leads now.
  const deposed = state.role === 'leader' && !leads(said, telemetry);
  const role = deposed ? { role: 'follower' as const, frames: {}, acked: {} } : {};
  return { ...state, ...role, container: replica.container, address: replica.address };
}

/** By its own word, with no leader of a later view. */
function leads({ state }: ReplicaTelemetry, { viewHistory }: RunTelemetry): boolean {
  const newest = viewHistory.leaders.at(-1)?.view ?? 0;
  return state.role === 'leader' && (state.view ?? 0) >= newest;
}

/** From the merged intervals; from the client's own summary if an interval line was lost on the way. */
function latencyOf({ totals, summary }: RunTelemetry): LatencySummary | null {
  if (summary === null || summary.completed === totals.n) return summariseTotals(totals);
  if (summary.completed === 0) return null;
  const { completed: n, sumNs, minNs, maxNs, p50Ns, p90Ns, p95Ns, p99Ns, p999Ns } = summary;
  return { n, minNs, meanNs: sumNs / n, p50Ns, p90Ns, p95Ns, p99Ns, p999Ns, maxNs };
}

function throughputOf({ totals, summary }: RunTelemetry): number | null {
  if (summary !== null) return summary.durationNs > 0 ? (summary.completed * 1e9) / summary.durationNs : null;
  return totals.coveredUs > 0 ? (totals.n * 1e6) / totals.coveredUs : null;
}

/**
 * The mechanism as the leader's status events show it since the measured window, or its view, began; null before. Frames may
 * trail the broadcast that is on its way, so only what had been broadcast by the status before must have left. The verdict
 * that counts is the proof's.
 */
function offloadSoFar(telemetry: RunTelemetry, faults: FaultRecord[]): MechanismVerdict | null {
  const leader = telemetry.replicas.find((replica) => leads(replica, telemetry));
  if (leader === undefined || leader.totals === null) return null;
  const { from, before, now } = leader.totals;
  const broadcasts = now.broadcasts - from.broadcasts;
  const sent = now.sent - from.sent;
  const due = before.broadcasts - from.broadcasts;
  if (broadcasts <= 0) return null;
  const frames = framesSince(leader.totals);
  const followers = telemetry.replicas.filter((replica) => replica !== leader).map(({ state }) => state.name);
  // Nothing leaves for an address that nobody has.
  const there = followers.filter((name) => !faults.some((fault) => tookAway(fault, name)));
  if (there.some((name) => frames[name] === undefined)) return 'unknown';
  if (there.some((name) => (frames[name] ?? 0) < due)) return 'broken';
  if (sent === broadcasts) return 'offloaded';
  return sent === broadcasts * followers.length ? 'not_offloaded' : 'mixed';
}

/** What the proof is judged from. isLive: whether a replica's container runs, by the engine's last word. */
export function evidenceOf(telemetry: RunTelemetry, completed: number, isLive: (service: string) => boolean): ProofEvidence {
  const { history, clientPhaseAtUs } = telemetry;
  return {
    replicas: telemetry.replicas.map((replica) => {
      const { state, counters, checkpoints, earlier, reports } = replica;
      return {
        id: state.id,
        name: state.name,
        live: isLive(state.name),
        counters: counters === null ? null : countersOf(replica),
        earlier,
        reports,
        commit: state.commit,
        hash: state.logHash,
        checkpoints,
      };
    }),
    history: history && { op: history.op, complete: history.complete, hash: history.hash },
    completed,
    measuringAt: clientPhaseAtUs.measuring === undefined ? null : clientPhaseAtUs.measuring / 1000,
  };
}
