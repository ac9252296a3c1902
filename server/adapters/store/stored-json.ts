import type { BpfRecord, StoredEvent } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import type { BpfCode, BpfLife } from '@/server/domain/bpf-watch';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { LatencyInterval, SparseHistogram } from '@/server/domain/latency';
import type { LogLine } from '@/server/domain/log-line';
import type { BpfPoint } from '@/server/domain/ports';
import type { RunSummary, RunView } from '@/server/domain/run';
import type { IndexEntry } from './log-member';

/**
 * The one door through which stored JSON becomes typed again. It is trusted and not checked anew: only this store
 * writes these columns and files, under a schema version that migrate() has checked.
 */
export function readJson<Kind extends keyof Stored>(_kind: Kind, text: string): Stored[Kind] {
  return JSON.parse(text);
}

type Stored = {
  view: RunView;
  summary: RunSummary;
  interval: LatencyInterval;
  /** Packed: histogram indices are distances; see packed-run.ts. */
  intervals: LatencyInterval[];
  histogram: SparseHistogram;
  events: StoredEvent[];
  sample: BpfSample;
  bpfPoints: BpfPoint[];
  bpfLives: BpfLife[];
  bpfCode: BpfCode;
  bpfRecords: BpfRecord[];
  logLine: LogLine;
  logIndexEntry: IndexEntry;
  tags: string[];
  experiment: ExperimentRecord;
};
