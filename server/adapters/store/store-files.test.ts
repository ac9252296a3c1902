import { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { LabError } from '@/server/domain/errors';
import { exampleRun } from '@/server/domain/example-run';
import { openStore } from './open-store';
import { SCHEMA_VERSION } from './schema';
import { exampleLines, failureOf, withDataDir } from './temporary-store';

const { open, dataDir, runDir } = withDataDir();

describe('the log', () => {
  it('is read back while it is written, from any line', async () => {
    const store = open();
    store.appendLog('r-0001', exampleLines(1, 2500));
    store.appendLog('r-0001', exampleLines(2501, 5000));
    expect(await store.readLog('r-0001', 1, 3)).toEqual(exampleLines(1, 3));
    expect(await store.readLog('r-0001', 4321, 10)).toEqual(exampleLines(4321, 4330));
    expect(await store.readLog('r-0001', 4999, 100)).toEqual(exampleLines(4999, 5000));
    expect(await store.readLog('r-0001', 5001, 100)).toEqual([]);
    expect(await store.readLog('r-0001', 1, 0)).toEqual([]);
    expect(await store.readLog('r-0002', 1, 10)).toEqual([]);
  });

  it('is compressed when sealed and reads the same', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: 'r-0001' } }));
    store.appendLog('r-0001', exampleLines(1, 5000));
    await store.seal('r-0001');
    expect(existsSync(join(runDir('r-0001'), 'log.jsonl'))).toBe(false);
    expect(existsSync(join(runDir('r-0001'), 'log.jsonl.gz'))).toBe(true);
    for (const reader of [store, open()]) {
      expect(await reader.readLog('r-0001', 4321, 10)).toEqual(exampleLines(4321, 4330));
      expect(await reader.readLog('r-0001', 1, 1e6)).toEqual(exampleLines(1, 5000));
    }
    const db = new Database(join(dataDir(), 'lab.db'));
    expect(db.prepare('SELECT lines FROM logs').get()).toMatchObject({ lines: 5000 });
    db.close();
  });

  it('goes on after the process died in the middle of a line', async () => {
    const store = open();
    store.appendLog('r-0001', exampleLines(1, 3));
    await store.readLog('r-0001', 1, 1);
    appendFileSync(join(runDir('r-0001'), 'log.jsonl'), '{"seq":4,"time":"17639');
    expect(await open().readLog('r-0001', 1, 10)).toEqual(exampleLines(1, 3));
    const next = open();
    next.appendLog('r-0001', exampleLines(4, 5));
    expect(await next.readLog('r-0001', 1, 10)).toEqual(exampleLines(1, 5));
  });

  it('is on the disk soon, without anybody asking', async () => {
    const path = join(runDir('r-0001'), 'log.jsonl');
    open().appendLog('r-0001', exampleLines(1, 1));
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('line 1');
  });
});

describe('failures name path and remedy', () => {
  it('when the disk is full', async () => {
    const store = open();
    mkdirSync(runDir('r-0001'), { recursive: true });
    symlinkSync('/dev/full', join(runDir('r-0001'), 'log.jsonl'));
    const failure = failureOf(() => store.appendLog('r-0001', exampleLines(1, 20_000)));
    expect(failure).toMatchObject({ code: 'store_failed', remedy: expect.stringContaining('Free some disk space') });
    expect(failure.message).toContain(join(runDir('r-0001'), 'log.jsonl'));
    expect(failureOf(() => store.appendLog('r-0001', exampleLines(1, 1))).code).toBe('store_failed');
    await expect(store.seal('r-0001')).rejects.toMatchObject({ code: 'store_failed' });
  });

  it('when a write in the background failed: the next call says it', async () => {
    const store = open();
    mkdirSync(runDir('r-0001'), { recursive: true });
    symlinkSync('/dev/full', join(runDir('r-0001'), 'log.jsonl'));
    store.appendLog('r-0001', exampleLines(1, 1));
    await expect.poll(() => readable(() => store.appendLog('r-0001', []))).toBe('store_failed');
    await expect(store.readLog('r-0001', 1, 1)).rejects.toMatchObject({ code: 'store_failed' });
    await expect(store.seal('r-0001')).rejects.toMatchObject({ code: 'store_failed' });
  });

  it('when the folder cannot be made', () => {
    const file = join(dataDir(), 'a-file');
    writeFileSync(file, '');
    const failure = failureOf(() => openStore({ dataDir: join(file, 'var') }));
    expect(failure).toMatchObject({ code: 'store_failed', remedy: expect.any(String) });
    expect(failure.message).toContain(file);
  });

  it('when the file is no database', () => {
    writeFileSync(
      join(dataDir(), 'lab.db'),
      'this is not a database, but it is long enough to be read as a header of one'.repeat(20),
    );
    expect(failureOf(open)).toMatchObject({ code: 'store_failed', remedy: expect.stringContaining('Move the file away') });
  });

  it('when the store was written by a newer version', () => {
    openStore({ dataDir: dataDir() }).close();
    const db = new Database(join(dataDir(), 'lab.db'));
    db.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    expect(failureOf(open)).toMatchObject({ code: 'store_failed', remedy: expect.stringContaining('newer version') });
  });
});

/** The code of the failure, or null if there was none. */
function readable(step: () => void): string | null {
  try {
    step();
    return null;
  } catch (error) {
    return error instanceof LabError ? error.code : 'other';
  }
}
