import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import type { ArchivedRun, ArchiveSource, BpfRecord, ImportedArchive } from '@/server/domain/archive';
import { BASELINE, exampleInterval, exampleRun, TC_BROADCAST } from '@/server/domain/example-run';
import type { ExperimentRecord } from '@/server/domain/experiment/experiment';
import type { LogLine } from '@/server/domain/log-line';
import { WORKLOAD_DEFAULT } from '@/server/domain/workload';

/** A whole experiment of one pair for tests, and ways to take an archive apart and put it together again. */

export const EXPERIMENT: ExperimentRecord = {
  id: 'x-0003',
  plan: {
    title: 'One pair',
    question: 'Is tc_broadcast faster?',
    scenarios: ['scenario3'],
    variants: ['baseline', 'tc_broadcast'],
    workloads: [WORKLOAD_DEFAULT],
    pairs: 1,
    retriesPerPair: 1,
    seed: 7,
    insist: false,
  },
  state: 'done',
  note: null,
  origin: 'panel',
  createdAt: 1_763_900_000_000,
  endedAt: 1_763_900_060_000,
  grantedRetries: [],
  importedFrom: null,
  frozenNoiseFloor: {
    experimentId: 'x-0001',
    measuredAt: 1_763_800_000_000,
    cells: [{ scenario: 'scenario3', workload: WORKLOAD_DEFAULT, metric: 'p50', n: 10, band: [0.96, 1.04] }],
  },
};

const PROGRAM = { replica: 'replica1', programId: 42, name: 'lab_broadcast', tag: '6d93a55983869661' };
const EXAMPLE_BPF: BpfRecord[] = [
  { kind: 'series', series: { ...PROGRAM, at: [1_763_900_000_500], runCnt: [null], runTimeNs: [12] } },
  { kind: 'life', life: { ...PROGRAM, loadedAt: null, firstSeenAt: 1, lastSeenAt: 2, gone: true } },
  { kind: 'code', code: { ...PROGRAM, lines: [{ kind: 'source', text: 'return 0;', sourceLine: null }], problem: null } },
];

export function exampleArchivedRun(id: string, side: 0 | 1): ArchivedRun {
  const place = { experimentId: EXPERIMENT.id, cell: 0, pair: 1, attempt: 1, side };
  return {
    view: exampleRun({ config: { id, size: 3, variant: side === 0 ? BASELINE : TC_BROADCAST, place } }),
    intervals: [exampleInterval(0, [180_000, 210_000], 'warmup'), exampleInterval(0, [90_000, 91_000]), exampleInterval(1, [])],
    events: [{ tUs: 1_763_900_000_000_001, source: 'replica1', event: 'ready', json: '{"v":1,"text":"ünï"}' }],
    samples: [
      {
        replica: 'replica1',
        takenAt: 1_763_900_000_500,
        moment: 'before_warmup',
        insideWindow: false,
        verbatim: '42: sched_cls',
        programs: [],
        attachments: [],
        problem: null,
      },
    ],
    bpf: EXAMPLE_BPF,
    log: logOf([`line of ${id}`, 'ünï \u001b[31mred\u001b[0m "quoted"\r']),
  };
}

export function exampleSource(changes: Partial<ArchiveSource> = {}): ArchiveSource {
  const runs = [exampleArchivedRun('r-0007', 0), exampleArchivedRun('r-0008', 1)];
  return { createdAt: 1_763_999_999_000, storeId: '3fa9c1', labCommit: 'e7725e5', experiment: EXPERIMENT, runs, ...changes };
}

function logOf(texts: string[]): AsyncIterable<LogLine[]> {
  const lines = texts.map((text, at): LogLine => {
    return { seq: at + 1, time: `1763900000.00000000${at}`, source: 'replica1', stream: 'stderr', level: 'notice', text };
  });
  return { [Symbol.asyncIterator]: () => oneByOne(lines) };
}

async function* oneByOne(lines: LogLine[]): AsyncGenerator<LogLine[]> {
  for (const line of lines) yield [line];
}

/** Everything that an archive holds, read into memory. */
export async function contentOf({ experiment, runs, storeId }: Pick<ImportedArchive, 'experiment' | 'runs' | 'storeId'>) {
  const whole = runs.map(async ({ view, intervals, events, samples, bpf, log }) => {
    const lines: LogLine[] = [];
    for await (const batch of log) lines.push(...batch);
    return { view, intervals: [...intervals], events: [...events], samples: [...samples], bpf: [...bpf], lines };
  });
  return { storeId, experiment, runs: await Promise.all(whole) };
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

export async function* inChunks(bytes: Uint8Array, size = 512): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export type TarFile = { name: string; text: string; type?: 'file' | 'symlink' | 'directory' };

export async function unpackForTest(archive: Buffer): Promise<TarFile[]> {
  const tar = extract();
  tar.end(gunzipSync(archive));
  const files: TarFile[] = [];
  for await (const entry of tar) files.push({ name: entry.header.name, text: (await bytesOf(entry)).toString('utf8') });
  return files;
}

export async function packForTest(files: TarFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text, type = 'file' } of files) {
    if (type === 'file') tar.entry({ name }, text);
    else tar.entry({ name, type, linkname: type === 'symlink' ? text : null });
  }
  tar.finalize();
  return gzipSync(await bytesOf(tar));
}

/** The same files with bytes and checksums in the manifest as they now are. */
export function sealAgain([manifest, ...files]: TarFile[]): TarFile[] {
  const list = files.map(({ name, text }) => {
    return { path: name, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
  });
  const sealed = { ...JSON.parse(manifest?.text ?? '{}'), files: list };
  return [{ name: 'manifest.json', text: JSON.stringify(sealed) }, ...files];
}
