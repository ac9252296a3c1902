/**
 * How the store copes with a long history: a data folder of its own, filled through the import path, then listed, searched and
 * measured. Numbers are printed, not judged.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleTelemetry } from '@/server/adapters/store/example-telemetry';
import { openStore } from '@/server/adapters/store/open-store';
import type { ImportedRun } from '@/server/domain/archive';
import { BASELINE, exampleRun, TC_BROADCAST } from '@/server/domain/example-run';
import { examplePlan, exampleRecord } from '@/server/domain/experiment/example-experiment';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { LogLine } from '@/server/domain/log-line';
import type { RunView } from '@/server/domain/run';
import { formatCount, table } from './format';
import { parse, takePositionals, toNumber, UsageError } from './usage';

const OPTIONS = {
  runs: { type: 'string', default: '10000' },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const USAGE =
  'Usage: bench:history [--runs 10000] [--keep] [--json]\nWith --keep the data folder stays, for a panel to open.\n';

/** Runs of 60 s with full telemetry; all others have a second of it. */
const LONG_RUNS = 300;
/** Imported in one transaction, as an archive would be; each batch is an experiment. */
const BATCH = 100;
const SEARCHES = ['scenario5', 'tc_broadcast scenario3', 'r-0042', 'rerun', 'warm cache', 'nothing like it'];
const REPEATS = 5;

type Store = ReturnType<typeof openStore>;

type Report = {
  runs: number;
  importS: number;
  databaseBytesPer60sRun: number;
  databaseBytes: number;
  listMs: number;
  searchMs: { median: number; max: number; each: Record<string, number> };
  facetsMs: number;
};

async function main(): Promise<number> {
  const { values, positionals } = parse(process.argv.slice(2), OPTIONS);
  takePositionals(positionals, []);
  const runs = toNumber('runs', values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new UsageError(`--runs ${values.runs}: must be 1 or more`);
  const dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-history-'));
  const removeFolder = () => values.keep || rmSync(dataDir, { recursive: true, force: true });
  process.on('exit', removeFolder);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
  const store = openStore({ dataDir });
  try {
    const report = await measure(store, runs);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : render(report));
  } finally {
    store.close();
  }
  if (values.keep) process.stderr.write(`kept: ${dataDir}\n`);
  return 0;
}

async function measure(store: Store, runs: number): Promise<Report> {
  const long = Math.min(LONG_RUNS, runs);
  const minute = [1, 2, 3, 4].map((seed) => exampleTelemetry({ seconds: 60, seed }));
  const second = [exampleTelemetry({ seconds: 1, seed: 5 })];
  const begin = performance.now();
  const emptyBytes = store.size().databaseBytes;
  await fill(store, { from: 0, to: long, telemetry: minute });
  const longBytes = store.size().databaseBytes - emptyBytes;
  await fill(store, { from: long, to: runs, telemetry: second });
  const importS = (performance.now() - begin) / 1000;
  for (let at = 1; at <= runs; at += 50) {
    store.setMarks(`r-${String(at).padStart(4, '0')}`, {
      tags: ['rerun', `week ${at % 7}`],
      note: 'Measured with a warm cache.',
    });
  }
  const each = SEARCHES.map((search): [string, number[]] => [search, times(() => store.list({ limit: 50, search }))]);
  const all = each.flatMap(([, ms]) => ms);
  return {
    runs: store.list({ limit: 1 }).total,
    importS: round(importS),
    databaseBytesPer60sRun: Math.round(longBytes / long),
    databaseBytes: store.size().databaseBytes,
    listMs: median(times(() => store.list({ limit: 50 }))),
    searchMs: {
      median: median(all),
      max: round(Math.max(...all)),
      each: Object.fromEntries(each.map(([search, ms]) => [search, median(ms)])),
    },
    facetsMs: median(times(() => store.facets())),
  };
}

type Span = { from: number; to: number; telemetry: ReturnType<typeof exampleTelemetry>[] };

async function fill(store: Store, { from, to, telemetry }: Span): Promise<void> {
  for (let at = from; at < to; at += BATCH) {
    const experiment = describeExperiment(store.nextExperimentId());
    const runs = Array.from({ length: Math.min(BATCH, to - at) }, (_, offset): ImportedRun => {
      const measured = telemetry[offset % telemetry.length] ?? exampleTelemetry({ seconds: 1, seed: 1 });
      const view = describeRun({ id: store.nextRunId(), at: at + offset, experiment });
      return { view, ...measured, samples: [], bpf: [], log: exampleLog() };
    });
    await store.importAll({ experiment, runs });
    if (process.stderr.isTTY) process.stderr.write(`${formatCount(at + runs.length)} runs\r`);
  }
}

function describeRun({ id, at, experiment }: { id: string; at: number; experiment: ExperimentRecord }): RunView {
  const side = at % 2;
  const pair = Math.floor((at % BATCH) / 2) + 1;
  const verdict = at % 23 === 0 ? 'invalid' : at % 11 === 0 ? 'suspect' : 'valid';
  return exampleRun({
    config: {
      id,
      size: [3, 5, 7][Math.floor(at / BATCH) % 3] ?? 3,
      variant: side === 0 ? BASELINE : TC_BROADCAST,
      createdAt: experiment.createdAt + at * 40_000,
      place: { experimentId: experiment.id, cell: 0, pair, attempt: 1, side },
    },
    p50Ns: 180_000 + (at % 97) * 500 - side * 20_000,
    view: { validity: { verdict, gates: [] } },
  });
}

function describeExperiment(id: string): ExperimentRecord {
  const plan = examplePlan({ title: 'A long history', pairs: BATCH / 2, retriesPerPair: 0 });
  return exampleRecord({ id, plan, state: 'done', endedAt: 1_763_904_000_000 });
}

async function* exampleLog(): AsyncGenerator<LogLine[]> {
  yield ['boot', 'ready', 'final'].map((text, at) => ({
    seq: at + 1,
    time: `1763900000.00000000${at}`,
    source: 'replica1',
    stream: 'stderr',
    level: 'notice',
    text,
  }));
}

function times(step: () => unknown): number[] {
  return Array.from({ length: REPEATS }, () => {
    const begin = performance.now();
    step();
    return performance.now() - begin;
  });
}

const median = (values: number[]) => round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
const round = (value: number) => Number(value.toFixed(2));

function render(report: Report): string {
  return table([
    ['runs', formatCount(report.runs)],
    ['import', `${report.importS} s`],
    ['database per run of 60 s', `${formatCount(report.databaseBytesPer60sRun)} bytes`],
    ['database', `${formatCount(report.databaseBytes)} bytes`],
    ['list of 50', `${report.listMs} ms`],
    ...Object.entries(report.searchMs.each).map(([search, ms]) => [`search "${search}"`, `${ms} ms`]),
    ['slowest search', `${report.searchMs.max} ms`],
    ['facets', `${report.facetsMs} ms`],
  ]);
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`bench:history: ${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(USAGE);
  return error instanceof UsageError ? 2 : 1;
});
