import type { Overview, RunSummary, RunView } from '@/server/api/types';

/** Rows of the list with what the live feed knows better laid over them: the running run's figures and state. */
export function withLive(rows: readonly RunSummary[], overview: Overview | null): RunSummary[] {
  if (overview === null || overview.running === null) return [...rows];
  const { running } = overview;
  return rows.map((row) => (row.id === running.config.id ? overlay(row, running) : row));
}

function overlay(row: RunSummary, view: RunView): RunSummary {
  return {
    ...row,
    state: view.state,
    startedAt: view.startedAt,
    endedAt: view.endedAt,
    completed: view.completed,
    p50Ns: view.latency?.p50Ns ?? row.p50Ns,
    p99Ns: view.latency?.p99Ns ?? row.p99Ns,
    throughputPerS: view.throughputPerS ?? row.throughputPerS,
    mechanism: view.proof?.mechanism.verdict ?? view.offloadSoFar ?? row.mechanism,
    remark: row.remark ?? measuredSoFar(view),
  };
}

/** `38.4 of 60 s`, `12,000 of 20,000`; null outside the measured window. */
export function measuredSoFar(view: RunView, now: number = Date.now()): string | null {
  const { amount } = view.config.workload;
  const measuring = view.phases.find(({ phase }) => phase === 'measuring');
  if (measuring === undefined || view.state !== 'measuring') return null;
  const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 0 });
  if (amount.kind === 'requests') return `${format.format(view.completed)} of ${format.format(amount.requests)} requests`;
  const seconds = Math.min(amount.seconds, Math.max(0, (now - measuring.startedAt) / 1_000));
  return `${seconds.toFixed(1)} of ${format.format(amount.seconds)} s`;
}

/** Where the pair the viewer has picked is compared: the baseline first, else the older run. */
export function compareAddress(picked: readonly string[], rows: readonly RunSummary[]): string | null {
  const [first, second, ...more] = picked;
  if (first === undefined || second === undefined || more.length > 0) return null;
  const rank = (id: string) => (rows.find((row) => row.id === id)?.variant === 'baseline' ? `0${id}` : `1${id}`);
  const pair = [first, second].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return `/compare?runs=${pair.map(encodeURIComponent).join(',')}`;
}

/** Adds or removes a run; a third pick replaces the older of the two. */
export function togglePick(picked: readonly string[], id: string): string[] {
  if (picked.includes(id)) return picked.filter((other) => other !== id);
  return [...picked, id].slice(-2);
}
