import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MANIFEST, type Manifest } from './archive-format';
import type { Reading } from './archive-limits';
import { badArchive } from './bad-archive';
import { type ContentCheck, checkOf } from './check-content';
import { explainReadFailure } from './explain-read-failure';
import { readManifest } from './read-manifest';
import { type ArchiveEntry, walkEntries } from './walk-entries';

type Unpacking = Reading & { folder: string };
type Wanted = Manifest['files'][number];

/** Writes every file of the archive to the folder, each checked line by line and by its checksum; gives the manifest. */
export async function unpackArchive(chunks: AsyncIterable<Uint8Array>, unpacking: Unpacking): Promise<Manifest> {
  try {
    return await unpackEntries(chunks, unpacking);
  } catch (cause) {
    throw explainReadFailure(unpacking, cause);
  }
}

async function unpackEntries(chunks: AsyncIterable<Uint8Array>, unpacking: Unpacking): Promise<Manifest> {
  const { name } = unpacking;
  let manifest: Manifest | null = null;
  const missing = new Map<string, Wanted>();
  for await (const entry of walkEntries(chunks, unpacking)) {
    if (manifest === null) {
      manifest = await readManifest(entry, unpacking);
      for (const file of manifest.files) missing.set(file.path, file);
      continue;
    }
    const wanted = missing.get(entry.path);
    if (wanted === undefined) throw badArchive(name, entry.path, whyUnwanted(entry.path, manifest));
    missing.delete(entry.path);
    await unpackFile(entry, wanted, unpacking);
  }
  if (manifest === null) throw badArchive(name, null, `it holds no ${MANIFEST}.`);
  const [lost] = missing.keys();
  if (lost !== undefined) throw badArchive(name, lost, 'the manifest names this file, and the archive does not hold it.');
  return manifest;
}

function whyUnwanted(path: string, { files }: Manifest): string {
  return path === MANIFEST || files.some((file) => file.path === path)
    ? 'it stands twice in the archive.'
    : 'the manifest does not name it.';
}

async function unpackFile(entry: ArchiveEntry, wanted: Wanted, { name, folder, limits }: Unpacking): Promise<void> {
  const { path, bytes } = wanted;
  if (entry.size !== bytes) {
    throw badArchive(name, path, `it has ${entry.size} bytes where the manifest says ${bytes}.`);
  }
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  const check = checkOf(path, limits, (place, cause) => badArchive(name, place, cause));
  await pipeline(
    passChecked(entry, check, (sha256) => compare(name, wanted, sha256)),
    createWriteStream(file, { flags: 'wx' }),
  );
}

/** Hands on what passes its check; the last word is the checksum's. */
async function* passChecked(
  entry: ArchiveEntry,
  check: ContentCheck,
  compareHash: (sha256: string) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of entry.chunks) {
    hash.update(chunk);
    check.push(chunk);
    yield chunk;
  }
  compareHash(hash.digest('hex'));
  check.end();
}

function compare(name: string, { path, sha256 }: Wanted, found: string): void {
  if (found === sha256) return;
  throw badArchive(name, path, `its checksum is ${found.slice(0, 12)}… where the manifest says ${sha256.slice(0, 12)}….`);
}
