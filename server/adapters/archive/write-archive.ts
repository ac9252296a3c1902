import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { ArchiveSource } from '@/server/domain/archive';
import { LabError } from '@/server/domain/errors';
import { isOver } from '@/server/domain/run';
import { type ContentFile, contentFiles } from './archive-contents';
import { FORMAT, MANIFEST, type Manifest, SCHEMA_VERSION } from './archive-format';

/** Owner, group, rights and time say nothing about a measurement; fixed, the same runs give the same bytes. */
const ENTRY = { mode: 0o644, uid: 0, gid: 0, mtime: new Date(0), type: 'file' as const };

/**
 * The archive as it is written. The manifest stands first and holds every file's checksum, so everything is read twice and
 * nothing is held: a log of any length passes through in pieces. Errors destroy the stream. Throws run_not_over and
 * experiment_running.
 */
export function writeArchive(source: ArchiveSource): Readable {
  refuseUnfinished(source);
  const archive = pack();
  const packed = createGzip({ level: 6 });
  // Both may fail, each because of the other; the reader of `packed` hears of it once.
  const fail = (cause: unknown) => packed.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  pipeline(Readable.from(archive), packed).catch(fail);
  fill(archive, source).catch(fail);
  return packed;
}

async function fill(archive: Pack, source: ArchiveSource): Promise<void> {
  const contents = contentFiles(source);
  const files: Manifest['files'] = [];
  for (const file of contents) files.push(await measure(file));
  const manifest = `${JSON.stringify(toManifest(source, files), null, 2)}\n`;
  await add(archive, { path: MANIFEST, chunks: () => [manifest] }, Buffer.byteLength(manifest));
  for (const [at, file] of contents.entries()) await add(archive, file, files[at]?.bytes ?? 0);
  archive.finalize();
}

function toManifest({ createdAt, storeId, labCommit, experiment, runs }: ArchiveSource, files: Manifest['files']): Manifest {
  return {
    format: FORMAT,
    schemaVersion: SCHEMA_VERSION,
    createdAt,
    storeId,
    labCommit,
    experiment: experiment?.id ?? null,
    runs: runs.map(({ view }) => view.config.id),
    files,
  };
}

async function measure({ path, chunks }: ContentFile): Promise<Manifest['files'][number]> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks()) {
    hash.update(chunk);
    bytes += Buffer.byteLength(chunk);
  }
  return { path, bytes, sha256: hash.digest('hex') };
}

async function add(archive: Pack, { path, chunks }: ContentFile, size: number): Promise<void> {
  const entry = archive.entry({ ...ENTRY, name: path, size });
  await pipeline(Readable.from(toBytes(chunks())), entry);
}

async function* toBytes(chunks: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function refuseUnfinished({ experiment, runs }: ArchiveSource): void {
  if (experiment?.state === 'running') {
    throw new LabError('experiment_running', `Experiment ${experiment.id} is running; an archive holds finished runs.`, {
      remedy: 'Wait for its end, or pause or cancel it, then export.',
    });
  }
  const open = runs.find(({ view }) => !isOver(view.state));
  if (open === undefined) return;
  throw new LabError(
    'run_not_over',
    `Run ${open.view.config.id} is in phase ${open.view.state}; an archive holds finished runs.`,
    {
      remedy: 'Wait for its end, or stop it, then export.',
    },
  );
}
