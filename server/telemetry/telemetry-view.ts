import { type LatencySummary, summariseTotals } from '@/server/domain/latency';
import type { MechanismVerdict, ProofEvidence } from '@/server/domain/proof';
import type { ReplicaState, RunView } from '@/server/domain/run';
import { measuredCpuNs } from './replica-telemetry';
import type { RunTelemetry } from './run-telemetry';

/** The run's view with everything that telemetry knows; container and address of replicas stay the engine's word. */
export function applyToView(view: RunView, telemetry: RunTelemetry): RunView {
  const { totals, summary, intervals } = telemetry;
  const measured = intervals.filter(({ phase }) => phase === 'measuring');
  const add = (figure: 'timeouts' | 'retries') => measured.reduce((sum, interval) => sum + interval[figure], 0);
  const firstRequestUs = telemetry.clientPhaseAtUs.warmup;
  const launchedAt = view.startedAt ?? view.config.createdAt;
  return {
    ...view,
    replicas: view.replicas.map((replica) => mergeReplica(replica, telemetry)),
    offloadSoFar: offloadSoFar(telemetry) ?? view.offloadSoFar,
    completed: summary?.completed ?? totals.n,
    timeouts: summary?.timeouts ?? add('timeouts'),
    clientRetries: summary?.retries ?? add('retries'),
    latency: latencyOf(telemetry),
    throughputPerS: throughputOf(telemetry),
    leaderCpuNs: leaderCpuNs(telemetry),
    launchToFirstRequestMs: firstRequestUs === undefined ? null : Math.max(0, Math.round(firstRequestUs / 1000 - launchedAt)),
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

function throughputOf({ totals, summary, intervals }: RunTelemetry): number | null {
  if (summary !== null) return summary.durationNs > 0 ? (summary.completed * 1e9) / summary.durationNs : null;
  const measured = intervals.filter(({ phase }) => phase === 'measuring');
  const coveredUs = measured.reduce((sum, { durationUs }) => sum + durationUs, 0);
  return coveredUs > 0 ? (totals.n * 1e6) / coveredUs : null;
}

function leaderCpuNs({ replicas }: RunTelemetry): number | null {
  return replicas.map(measuredCpuNs).find((value) => value !== null) ?? null;
}

/**
 * The mechanism as the leader's status events show it since the measured window began; null before. Frames may trail
 * the broadcast that is on its way, so only what had been broadcast by the status before must have left. The verdict
 * that counts is the proof's.
 */
export function offloadSoFar({ replicas }: RunTelemetry): MechanismVerdict | null {
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

/** What the proof is judged from. live: whether each replica's container was running when the cluster was asked last. */
export function evidenceOf(telemetry: RunTelemetry, live: Readonly<Record<string, boolean>>): ProofEvidence {
  const { history, summary, totals } = telemetry;
  return {
    replicas: telemetry.replicas.map(({ state, counters, checkpoints }) => ({
      id: state.id,
      name: state.name,
      live: live[state.name] ?? false,
      counters: counters?.map(({ final: _final, ...counted }) => counted) ?? null,
      commit: state.commit,
      hash: state.logHash,
      checkpoints,
    })),
    history: history && { op: history.op, complete: history.complete, hash: history.hash },
    completed: summary?.completed ?? totals.n,
  };
}
