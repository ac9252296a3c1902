import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The commit that HEAD names, from the repository's own files; null where there is none (a tarball, an image). */
export async function readGitCommit(root: string): Promise<string | null> {
  try {
    const head = (await readFile(join(root, '.git', 'HEAD'), 'utf8')).trim();
    if (isHash(head)) return head;
    const ref = /^ref: (refs\/[\w./-]+)$/.exec(head)?.[1];
    return ref === undefined ? null : await readRef(root, ref);
  } catch {
    return null;
  }
}

async function readRef(root: string, ref: string): Promise<string | null> {
  try {
    const loose = (await readFile(join(root, '.git', ref), 'utf8')).trim();
    if (isHash(loose)) return loose;
  } catch {
    // A ref that git has packed has no file of its own.
  }
  const packed = await readFile(join(root, '.git', 'packed-refs'), 'utf8');
  const line = packed.split('\n').find((each) => each.endsWith(` ${ref}`));
  return line?.split(' ')[0] ?? null;
}

const isHash = (text: string) => /^[0-9a-f]{40,64}$/.test(text);
