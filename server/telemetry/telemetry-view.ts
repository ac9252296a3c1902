import { type LatencySummary, summariseTotals } from '@/server/domain/latency';
import type { MechanismVerdict, ProofEvidence } from '@/server/domain/proof';
import type { ReplicaState, RunView } from '@/server/domain/run';
import { leaderCpuNs } from './replica-telemetry';
import type { RunTelemetry } from './run-telemetry';

/** The run's view with what its replicas said; container and address stay the engine's word. */
export function withReplicas(view: RunView, telemetry: RunTelemetry): RunView {
  return {
    ...view,
    replicas: view.replicas.map((replica) => mergeReplica(replica, telemetry)),
    // Once there is a proof, its verdict counts, whatever is counted afterwards.
    offloadSoFar: view.proof === null ? (offloadSoFar(telemetry) ?? view.offloadSoFar) : view.offloadSoFar,
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
  const said = telemetry.replicas.find(({ state }) => state.name === replica.name)?.state;
  return said === undefined ? replica : { ...said, container: replica.container, address: replica.address };
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
 * The mechanism as the leader's status events show it since the measured window began; null before. Frames may trail
 * the broadcast that is on its way, so only what had been broadcast by the status before must have left. The verdict
 * that counts is the proof's.
 */
function offloadSoFar({ replicas }: RunTelemetry): MechanismVerdict | null {
  const leader = replicas.find(({ state }) => state.role === 'leader');
  const from = leader?.measuredFrom ?? null;
  if (leader === undefined || from === null || leader.before === null) return null;
  const broadcasts = (leader.state.broadcasts ?? 0) - from.broadcasts;
  const sent = (leader.state.sent ?? 0) - from.sent;
  const due = leader.before.broadcasts - from.broadcasts;
  if (broadcasts <= 0) return null;
  const followers = replicas.filter((replica) => replica !== leader).map(({ state }) => state.name);
  if (followers.some((name) => leader.state.frames[name] === undefined)) return 'unknown';
  if (followers.some((name) => (leader.state.frames[name] ?? 0) - (from.frames[name] ?? 0) < due)) return 'broken';
  if (sent === broadcasts) return 'offloaded';
  return sent === broadcasts * followers.length ? 'not_offloaded' : 'mixed';
}

/** What the proof is judged from. isLive: whether a replica's container runs, by the engine's last word. */
export function evidenceOf(telemetry: RunTelemetry, completed: number, isLive: (service: string) => boolean): ProofEvidence {
  const { history } = telemetry;
  return {
    replicas: telemetry.replicas.map(({ state, counters, checkpoints }) => ({
      id: state.id,
      name: state.name,
      live: isLive(state.name),
      counters: counters?.map(({ final: _final, ...counted }) => counted) ?? null,
      commit: state.commit,
      hash: state.logHash,
      checkpoints,
    })),
    history: history && { op: history.op, complete: history.complete, hash: history.hash },
    completed,
  };
}
