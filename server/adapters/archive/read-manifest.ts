import { FORMAT, MANIFEST, type Manifest, manifestSchema, manifestStamp, pathsOf, READ_VERSIONS } from './archive-format';
import type { Reading } from './archive-limits';
import { badArchive, parseJson } from './bad-archive';
import type { ArchiveEntry } from './walk-entries';

/** The archive's first entry. Refused unless it names exactly the files that its runs have. */
export async function readManifest(entry: ArchiveEntry, { name, limits }: Reading): Promise<Manifest> {
  if (entry.path !== MANIFEST) {
    throw badArchive(name, entry.path, `it stands first, where ${MANIFEST} belongs: this is not an archive of the lab.`);
  }
  const text = await readText(entry, limits.recordBytes);
  if (text === null) throw badArchive(name, MANIFEST, `it is larger than ${limits.recordBytes} bytes.`);
  const stamp = parseJson(text, manifestStamp);
  if (!stamp.ok) throw badArchive(name, MANIFEST, `${stamp.problem}.`);
  const foreign = checkStamp(stamp.value);
  if (foreign !== null) throw badArchive(name, MANIFEST, foreign);
  const manifest = parseJson(text, manifestSchema);
  if (!manifest.ok) throw badArchive(name, MANIFEST, `${manifest.problem}.`);
  const problem = compareFiles(manifest.value);
  if (problem !== null) throw badArchive(name, MANIFEST, problem);
  return manifest.value;
}

function checkStamp({ format, schemaVersion }: { format?: unknown; schemaVersion?: unknown }): string | null {
  if (format !== FORMAT) return `its format is ${JSON.stringify(format)}, not ${JSON.stringify(FORMAT)}.`;
  if (READ_VERSIONS.some((version) => version === schemaVersion)) return null;
  return `its schema version is ${JSON.stringify(schemaVersion)}; this lab reads versions ${READ_VERSIONS.slice(0, -1).join(', ')} and ${READ_VERSIONS.at(-1)}.`;
}

async function readText(entry: ArchiveEntry, limit: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry.chunks) {
    bytes += chunk.length;
    if (bytes > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function compareFiles(manifest: Manifest): string | null {
  const named = new Set(manifest.files.map(({ path }) => path));
  if (named.size < manifest.files.length) return 'it names a file twice.';
  const wanted = pathsOf(manifest);
  if (new Set(manifest.runs).size < manifest.runs.length) return 'it names a run twice.';
  const missing = wanted.find((path) => !named.has(path));
  if (missing !== undefined) return `it does not name ${missing}.`;
  const wantedSet = new Set(wanted);
  const foreign = manifest.files.find(({ path }) => !wantedSet.has(path));
  return foreign === undefined ? null : `it names ${JSON.stringify(foreign.path)}, which belongs to no run of the archive.`;
}
