import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { BpfRecord, ImportedRun, StoredEvent } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { LatencyInterval } from '@/server/domain/latency';
import type { LogLine } from '@/server/domain/log-line';
import type { RunFile } from './archive-format';
import { LineSplitter } from './line-splitter';
import { runViewSchema } from './run-schema';

const READ_BYTES = 64 * 1024;

/** The one door through which unpacked files become typed again: each of their lines was checked before it was written. */
function readChecked<Kind extends keyof Unpacked>(_kind: Kind, text: string): Unpacked[Kind] {
  return JSON.parse(text);
}

type Unpacked = {
  experiment: ExperimentRecord;
  interval: LatencyInterval;
  event: StoredEvent;
  sample: BpfSample;
  bpf: BpfRecord;
  logLine: LogLine;
};

export const readExperiment = (path: string): ExperimentRecord => readChecked('experiment', readFileSync(path, 'utf8'));

/** A run in its folder; everything but the view is read while it is walked. */
export function openRunFiles(folder: string): ImportedRun {
  const at = (file: RunFile) => join(folder, file);
  return {
    // Parsed once more: what a view of an older archive does not say gets its default.
    view: runViewSchema.parse(JSON.parse(readFileSync(at('view.json'), 'utf8'))),
    intervals: { [Symbol.iterator]: () => readLines('interval', at('intervals.jsonl')) },
    events: { [Symbol.iterator]: () => readLines('event', at('events.jsonl')) },
    samples: { [Symbol.iterator]: () => readLines('sample', at('samples.jsonl')) },
    bpf: { [Symbol.iterator]: () => (existsSync(at('bpf.jsonl')) ? readLines('bpf', at('bpf.jsonl')) : none()) },
    log: { [Symbol.asyncIterator]: () => readBatches('logLine', at('log.jsonl')) },
  };
}

/** Archives of version 1 have no such file. */
function* none(): Generator<never> {}

function* readLines<Kind extends keyof Unpacked>(kind: Kind, path: string): Generator<Unpacked[Kind]> {
  const descriptor = openSync(path, 'r');
  try {
    const splitter = new LineSplitter();
    const chunk = Buffer.alloc(READ_BYTES);
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      for (const line of splitter.push(chunk.subarray(0, read))) yield readChecked(kind, line.toString('utf8'));
    }
  } finally {
    closeSync(descriptor);
  }
}

async function* readBatches<Kind extends keyof Unpacked>(kind: Kind, path: string): AsyncGenerator<Unpacked[Kind][]> {
  const splitter = new LineSplitter();
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    const batch = [...splitter.push(chunk)].map((line) => readChecked(kind, line.toString('utf8')));
    if (batch.length > 0) yield batch;
  }
}
