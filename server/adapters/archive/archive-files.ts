import { tmpdir } from 'node:os';
import type { ArchiveFiles } from '@/server/domain/archive';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits';
import { readRawRun } from './raw-run';
import { readArchive } from './read-archive';
import { writeArchive } from './write-archive';

/** Archives are unpacked below temporaryDir while they are read. */
export function createArchiveFiles(options: { temporaryDir?: string; limits?: ArchiveLimits } = {}): ArchiveFiles {
  const { temporaryDir = tmpdir(), limits = ARCHIVE_LIMITS } = options;
  return {
    write: writeArchive,
    read: (chunks, name, use) => readArchive(chunks, { name, temporaryDir, limits }, use),
    readRaw: readRawRun,
  };
}
