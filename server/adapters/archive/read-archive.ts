import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportedArchive } from '@/server/domain/archive';
import { LabError } from '@/server/domain/errors';
import { EXPERIMENT, type Manifest } from './archive-format';
import type { Reading } from './archive-limits';
import { openRunFiles, readExperiment } from './archived-run-files';
import { badArchive } from './bad-archive';
import { checkPlaces } from './check-places';
import { unpackArchive } from './unpack-archive';

/**
 * Unpacks and checks everything before `use` sees any of it, and removes what was unpacked when `use` has settled. Rejects
 * with LabError bad_archive for what is wrong with the file, store_failed for a disk that cannot take it.
 */
export async function readArchive<T>(
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
  use: (archive: ImportedArchive) => Promise<T>,
): Promise<T> {
  const folder = await makeFolder(reading.temporaryDir);
  try {
    const archive = openArchive(folder, await unpackArchive(chunks, { ...reading, folder }));
    const problem = checkPlaces(archive);
    if (problem !== null) throw badArchive(reading.name, problem.path, problem.cause);
    return await use(archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function openArchive(folder: string, { storeId, createdAt, experiment, runs }: Manifest): ImportedArchive {
  return {
    storeId,
    createdAt,
    experiment: experiment === null ? null : readExperiment(join(folder, EXPERIMENT)),
    runs: runs.map((id) => openRunFiles(join(folder, 'runs', id))),
  };
}

async function makeFolder(temporaryDir: string): Promise<string> {
  try {
    return await mkdtemp(join(temporaryDir, 'electrode-lab-import-'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('store_failed', `No folder for the import can be made in ${temporaryDir}: ${why}`, {
      remedy: 'Set TMPDIR to a folder that can be written to.',
      cause,
    });
  }
}
