import { dirname } from 'node:path';
import type { ReadinessCheck } from '@/server/domain/host';

/** A run's log and intervals take some 10 MB; below this an image build or a long log fills the disk. */
const NOTE_BELOW_BYTES = 2 * 1024 ** 3;
const FAIL_BELOW_BYTES = 200 * 1024 ** 2;

type StatFs = (path: string) => Promise<{ bavail: number; bsize: number }>;

/** The tightest of these folders decides; one that can't be read from here (an engine elsewhere) is left out. */
export async function freeSpaceCheck(folders: string[], statfs: StatFs): Promise<ReadinessCheck> {
  const measured = await Promise.all(folders.map(async (folder) => ({ folder, freeBytes: await freeBytes(folder, statfs) })));
  const known = measured.flatMap(({ folder, freeBytes }) => (freeBytes === null ? [] : [{ folder, freeBytes }]));
  const title = 'Disk space';
  const [tightest] = known.sort((a, b) => a.freeBytes - b.freeBytes);
  if (tightest === undefined) {
    return {
      id: 'disk',
      title,
      state: 'note',
      value: 'unknown',
      detail: `${folders.join(', ')} cannot be read`,
      command: 'df -h',
    };
  }
  const value = `${describeBytes(tightest.freeBytes)} free`;
  const where = known.map(({ folder, freeBytes }) => `${folder}: ${describeBytes(freeBytes)}`).join(', ');
  if (tightest.freeBytes >= NOTE_BELOW_BYTES) return { id: 'disk', title, state: 'pass', value, detail: where, command: null };
  const state = tightest.freeBytes < FAIL_BELOW_BYTES ? 'fail' : 'note';
  return { id: 'disk', title, state, value, detail: where, command: 'docker system df   # docker system prune' };
}

/** Of the folder, or of the nearest one above it that is there: the data directory is made at the first run. */
async function freeBytes(folder: string, statfs: StatFs): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    const parent = dirname(folder);
    return parent === folder ? null : freeBytes(parent, statfs);
  }
}

export function describeBytes(bytes: number): string {
  const gib = bytes / 1024 ** 3;
  return gib >= 1 ? `${gib.toFixed(1)} GiB` : `${Math.round(bytes / 1024 ** 2)} MiB`;
}
