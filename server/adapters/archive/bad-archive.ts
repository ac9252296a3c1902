import type { z } from 'zod';
import { LabError } from '@/server/domain/errors';

const REMEDY = 'Nothing was imported. Export it again where it was measured, and copy the file whole.';

/** place: an entry, and a line in it. */
export function badArchive(file: string, place: string | null, cause: string, from?: unknown): LabError {
  const where = place === null ? file : `${file}, ${place}`;
  return new LabError('bad_archive', `${where}: ${cause}`, { remedy: REMEDY, cause: from });
}

/** What came from outside, typed; or what is wrong with its first field that is wrong. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string };

export function parseJson<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'it is not JSON' };
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return { ok: true, value: data };
  const [issue] = error.issues;
  const field = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return { ok: false, problem: `${field}${issue?.message ?? 'it has another form'}` };
}
