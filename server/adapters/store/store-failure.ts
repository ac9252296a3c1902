import { LabError } from '@/server/domain/errors';

const REMEDIES: [pattern: RegExp, remedy: string][] = [
  [
    /SQLITE_FULL|ENOSPC|EDQUOT/,
    'Free some disk space, or set LAB_DATA_DIR to a folder on another disk, and start the run again.',
  ],
  [
    /SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS/,
    'Make the folder writable for this user, or set LAB_DATA_DIR to one that is.',
  ],
  [
    /SQLITE_BUSY|SQLITE_LOCKED/,
    'Another process holds the store. Try again; if it lasts, end the other panel or `lab` command.',
  ],
  [/SQLITE_CORRUPT|SQLITE_NOTADB/, 'Move the file away to keep it; the lab then begins a new one.'],
  [/newer|knows versions up to/, 'Start the newer version of the lab, or set LAB_DATA_DIR to another folder.'],
];

/** Runs a step of the store; whatever the disk or SQLite says against it becomes a LabError that names the path. */
export function guard<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw toStoreFailure(path, cause);
  }
}

export function toStoreFailure(path: string, cause: unknown): LabError {
  if (cause instanceof LabError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const remedy = REMEDIES.find(([pattern]) => pattern.test(code) || pattern.test(message))?.[1];
  return new LabError('store_failed', `The store at ${path} failed: ${message}.`, {
    remedy: remedy ?? 'Look whether the disk is healthy and has space, then try again.',
    cause,
  });
}
