import { z } from 'zod';
import type { RunId } from '@/server/domain/run';

/**
 * The archive's outline: docs/schemas/archive.md. A version says exactly which files there are and which fields they hold.
 * Versions 1 and 2 are read too: what their views do not say stands at its default, and runs of version 1 have no bpf.jsonl.
 */
export const FORMAT = 'electrode-lab-archive';
export const SCHEMA_VERSION = 3;
export const READ_VERSIONS = [1, 2, SCHEMA_VERSION] as const;

export const MANIFEST = 'manifest.json';
export const EXPERIMENT = 'experiment.json';

/** The files of each run, in the order in which they stand. */
export const RUN_FILES = ['view.json', 'intervals.jsonl', 'events.jsonl', 'samples.jsonl', 'bpf.jsonl', 'log.jsonl'] as const;
export type RunFile = (typeof RUN_FILES)[number];

export const runPath = (id: RunId, file: RunFile) => `runs/${id}/${file}`;

/** Every path that an archive of these runs has beside its manifest, in order. */
export function pathsOf(manifest: Pick<Manifest, 'schemaVersion' | 'experiment' | 'runs'>): string[] {
  const files = RUN_FILES.filter((file) => manifest.schemaVersion > 1 || file !== 'bpf.jsonl');
  const ofRuns = manifest.runs.flatMap((id) => files.map((file) => runPath(id, file)));
  return manifest.experiment === null ? ofRuns : [EXPERIMENT, ...ofRuns];
}

/** Ids become folder names in the archive, and file names of raw latencies become ids. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, 'an id of letters, digits, dots, - and _');

/** What can be read before it is known that everything else can. */
export const manifestStamp = z.looseObject({ format: z.unknown().optional(), schemaVersion: z.unknown().optional() });

export const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  schemaVersion: z.literal(READ_VERSIONS),
  /** Milliseconds since the Unix epoch. */
  createdAt: z.int().nonnegative(),
  storeId: z.string().regex(/^[0-9a-f]{6}$/, 'six hex digits'),
  labCommit: z.string().max(80).nullable(),
  experiment: id.nullable(),
  runs: z.array(id),
  files: z.array(
    z.strictObject({
      path: z.string(),
      bytes: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/, 'sixty-four hex digits'),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;
