import { sayFaults } from '@/components/faults/fault-words';
import type { HistoryRow, Overview, RunView } from '@/server/api/types';

/** Rows of the list with what the live feed knows better laid over them: the running run's figures and state. */
export function withLive(rows: readonly HistoryRow[], overview: Overview | null): readonly HistoryRow[] {
  if (overview === null || overview.running === null) return rows;
  const { running } = overview;
  return rows.map((row) => (row.id === running.config.id ? overlay(row, running) : row));
}

function overlay(row: HistoryRow, view: RunView): HistoryRow {
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
    remark: row.remark ?? remarkOf(view),
  };
}

/** How far it is, and what is done to it. */
function remarkOf(view: RunView): string | null {
  const words = [measuredSoFar(view), view.faults.length === 0 ? null : sayFaults(view.faults)];
  return words.filter((word) => word !== null).join('; ') || null;
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
