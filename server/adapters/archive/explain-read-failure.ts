import { LabError } from '@/server/domain/errors';
import { badArchive } from './bad-archive';

/** What zlib and the tar reader say, in a user's words. */
const CAUSES: [RegExp, string][] = [
  [/incorrect header check|unknown compression method|header crc/i, 'it is not a gzip file.'],
  [/unexpected end of file|Unexpected end of data|premature close/i, 'it breaks off before its end: the copy is not whole.'],
  [/incorrect data check|incorrect length check|invalid|unknown format/i, 'its bytes are damaged.'],
];

/** Errors of our own pass; a disk that is full is no fault of the archive. */
export function explainReadFailure({ name, folder }: { name: string; folder: string }, cause: unknown): LabError {
  if (cause instanceof LabError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/^(ENOSPC|EDQUOT|EROFS|EIO|EMFILE|EACCES)\b/.test(message)) {
    return new LabError('store_failed', `${name} cannot be unpacked to ${folder}: ${message}`, {
      remedy: 'Free space there, or set TMPDIR to a folder that has room. Nothing was imported.',
      cause,
    });
  }
  const known = CAUSES.find(([pattern]) => pattern.test(message));
  return badArchive(name, null, known?.[1] ?? `it cannot be read: ${message}`, cause);
}
