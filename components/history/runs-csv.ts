import type { TextTable } from '@/components/ui/table-text';
import type { HistoryRow } from '@/server/api/types';

const HEAD = [
  'run',
  'scenario',
  'replicas',
  'variant',
  'state',
  'verdict',
  'remark',
  'offload',
  'completed',
  'p50_ns',
  'p99_ns',
  'throughput_per_s',
  'requests',
  'seconds',
  'warmup_s',
  'clients',
  'payload_bytes',
  'get_percent',
  'placement',
  'experiment',
  'pair',
  'attempt',
  'origin',
  'imported',
  'created',
  'started',
  'ended',
  'tags',
  'note',
] as const;

/** The history as a table of raw figures: nanoseconds, times in ISO 8601 (UTC), tags parted by semicolons. */
export function historyTable(rows: readonly HistoryRow[]): TextTable {
  return {
    head: HEAD,
    rows: rows.map((row) => {
      const cells = cellsOf(row);
      return HEAD.map((column) => cells[column]);
    }),
  };
}

function cellsOf(row: HistoryRow): Record<(typeof HEAD)[number], string | number | null> {
  const { workload, place } = row;
  const { amount } = workload;
  return {
    run: row.id,
    scenario: row.scenario,
    replicas: row.replicas,
    variant: row.variant,
    state: row.state,
    verdict: row.verdict,
    remark: row.remark,
    offload: row.mechanism,
    completed: row.completed,
    p50_ns: row.p50Ns,
    p99_ns: row.p99Ns,
    throughput_per_s: row.throughputPerS,
    requests: amount.kind === 'requests' ? amount.requests : null,
    seconds: amount.kind === 'seconds' ? amount.seconds : null,
    warmup_s: workload.warmupSeconds,
    clients: workload.clients,
    payload_bytes: workload.payloadBytes,
    get_percent: workload.getPercent,
    placement: workload.placement,
    experiment: place?.experimentId ?? null,
    pair: place?.pair ?? null,
    attempt: place?.attempt ?? null,
    origin: row.origin,
    imported: row.imported ? 'yes' : 'no',
    created: isoTime(row.createdAt),
    started: isoTime(row.startedAt),
    ended: isoTime(row.endedAt),
    tags: row.tags.join(';'),
    note: row.note,
  };
}

const isoTime = (epochMs: number | null) => (epochMs === null ? null : new Date(epochMs).toISOString());
