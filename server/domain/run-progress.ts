import { isOver, type PhaseEntry, type RunPhase, type RunView } from './run';

/** What a phase usually takes with the image built, in ms per run and per replica; measured on two cores. */
const USUAL_MS: Record<Exclude<RunPhase, 'queued' | 'warmup' | 'measuring'>, { base: number; perReplica: number }> = {
  build: { base: 300, perReplica: 0 },
  network: { base: 300, perReplica: 0 },
  containers: { base: 800, perReplica: 400 },
  leader: { base: 800, perReplica: 0 },
  draining: { base: 1200, perReplica: 0 },
};
const PHASES = ['build', 'network', 'containers', 'leader', 'warmup', 'measuring', 'draining'] as const;

/** Requests per second assumed for the bar before the run has a rate of its own; the ETA then stays open. */
const RATE_GUESS_PER_S = 4000;

/** Where the run stands at `now`. The bar never goes back; waiting in the queue has no progress. */
export function withProgress(view: RunView, now: number): RunView {
  if (isOver(view.state)) return view;
  if (view.state === 'queued' || view.startedAt === null) return { ...view, progress: null };
  const present = view.phases.at(-1);
  const at = PHASES.indexOf(view.state);
  if (present === undefined || at < 0) return view;
  const remainingMs = PHASES.slice(at).reduce((sum, phase) => sum + remaining(view, phase, present, now), 0);
  const elapsedMs = Math.max(0, now - view.startedAt);
  const fraction = Math.min(0.99, elapsedMs / Math.max(1, elapsedMs + remainingMs));
  const etaKnown = view.config.workload.amount.kind === 'seconds' || view.completed > 0;
  return {
    ...view,
    progress: { fraction: Math.max(view.progress?.fraction ?? 0, fraction), etaMs: etaKnown ? Math.round(remainingMs) : null },
  };
}

function remaining(view: RunView, phase: (typeof PHASES)[number], present: PhaseEntry, now: number): number {
  const elapsed = phase === present.phase ? Math.max(0, now - present.startedAt) : 0;
  if (phase === 'measuring') return measuringMs(view, elapsed);
  if (phase === 'warmup') return Math.max(0, view.config.workload.warmupSeconds * 1000 - elapsed);
  const usual = USUAL_MS[phase].base + USUAL_MS[phase].perReplica * view.config.replicas.length;
  // A phase that takes longer than usual always has a little left.
  return Math.max(usual - elapsed, usual / 10);
}

function measuringMs(view: RunView, elapsedMs: number): number {
  const { amount } = view.config.workload;
  if (amount.kind === 'seconds') return Math.max(0, amount.seconds * 1000 - elapsedMs);
  const rate = view.completed > 0 && view.throughputPerS ? view.throughputPerS : RATE_GUESS_PER_S;
  return (Math.max(0, amount.requests - view.completed) / rate) * 1000;
}
