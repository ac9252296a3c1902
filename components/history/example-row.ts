import type { HistoryRow } from '@/server/api/types';

/** A row for tests, to be changed in one place each. */
export function exampleRow(changes: Partial<HistoryRow> = {}): HistoryRow {
  return {
    id: 'r-0001',
    scenario: 'scenario5',
    replicas: 5,
    variant: 'baseline',
    workload: {
      amount: { kind: 'requests', requests: 20_000 },
      warmupSeconds: 2,
      clients: 1,
      payloadBytes: 64,
      getPercent: 50,
      placement: 'auto',
    },
    state: 'done',
    origin: 'panel',
    createdAt: 1_763_900_000_000,
    startedAt: 1_763_900_000_010,
    endedAt: 1_763_900_030_000,
    completed: 20_000,
    p50Ns: 131_422,
    p99Ns: 243_100,
    throughputPerS: 7_139.2,
    mechanism: 'not_offloaded',
    valid: true,
    verdict: 'valid',
    place: null,
    imported: false,
    remark: null,
    p99SparkNs: [],
    tags: [],
    note: null,
    ...changes,
  };
}
