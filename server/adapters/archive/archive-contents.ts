import type { ArchivedRun, ArchiveSource } from '@/server/domain/archive';
import type { LogLine } from '@/server/domain/log-line';
import { EXPERIMENT, RUN_FILES, type RunFile, runPath } from './archive-format';

/** A file of an archive; its chunks can be asked for more than once and are the same each time. */
export type ContentFile = { path: string; chunks: () => Iterable<string> | AsyncIterable<string> };

/** Lines gathered before they go on, in characters. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Every file beside the manifest, in the order of pathsOf. */
export function contentFiles({ experiment, runs }: Pick<ArchiveSource, 'experiment' | 'runs'>): ContentFile[] {
  const ofRuns = runs.flatMap((run) =>
    RUN_FILES.map((file) => ({ path: runPath(run.view.config.id, file), chunks: () => chunksOf(run, file) })),
  );
  return experiment === null ? ofRuns : [{ path: EXPERIMENT, chunks: () => [toText(experiment)] }, ...ofRuns];
}

function chunksOf(run: ArchivedRun, file: RunFile): Iterable<string> | AsyncIterable<string> {
  switch (file) {
    case 'view.json':
      return [toText(run.view)];
    case 'intervals.jsonl':
      return toLines(run.intervals);
    case 'events.jsonl':
      return toLines(run.events);
    case 'samples.jsonl':
      return toLines(run.samples);
    case 'bpf.jsonl':
      return toLines(run.bpf);
    case 'log.jsonl':
      return toLogLines(run.log);
  }
}

const toText = (record: unknown) => `${JSON.stringify(record, null, 2)}\n`;

function* toLines(records: Iterable<unknown>): Generator<string> {
  let chunk = '';
  for (const record of records) {
    chunk += `${JSON.stringify(record)}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function* toLogLines(batches: AsyncIterable<LogLine[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield* toLines(batch);
}
