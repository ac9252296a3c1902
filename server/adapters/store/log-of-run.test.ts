import { existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { exampleRun } from '@/server/domain/example-run';
import { CHUNK_LINES, CHUNK_MARKS, chunkOf, type LogChunk } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import { toText } from './log-text';
import { exampleImport, exampleLines, failureOf, withDataDir } from './temporary-store';

vi.setConfig({ testTimeout: 30_000 });

const ID = 'r-0001';
const { open, runDir } = withDataDir();
const file = (name: string) => join(runDir(ID), name);

/** Lines of several sources and levels, some with marks. */
const mixedLines = (from: number, to: number): LogLine[] =>
  exampleLines(from, to).map((line) => ({
    ...line,
    source: `replica${(line.seq % 3) + 1}`,
    level: line.seq % 7 === 0 ? 'error' : line.level,
    ...(line.seq % 500 === 0 ? { mark: 'view', text: 'x'.repeat(300) } : {}),
    ...(line.seq % 11 === 0 ? { late: true } : {}),
  }));

/** What logChunks has to say of these lines. */
function chunksOf(lines: LogLine[]): LogChunk[] {
  const chunks: LogChunk[] = [];
  for (const line of lines) {
    const { seq, time, source, level, mark, text } = line;
    const number = chunkOf(seq);
    const last = chunks.at(-1);
    const chunk =
      last?.chunk === number ? last : { chunk: number, lines: 0, firstTime: time, lastTime: '', counts: {}, marks: [] };
    if (chunk !== last) chunks.push(chunk);
    chunk.lines += 1;
    chunk.lastTime = time;
    const counts = chunk.counts[source] ?? [0, 0, 0, 0];
    chunk.counts[source] = counts;
    counts[level === 'error' ? 3 : 1] += 1;
    if (mark !== undefined) chunk.marks.push({ seq, time, source, mark, text: text.slice(0, 200) });
  }
  return chunks;
}

describe('chunks', () => {
  it('are the same while the run lives, to another process, after sealing and after that', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: ID } }));
    const lines = mixedLines(1, 9_300);
    for (let at = 0; at < lines.length; at += 700) store.appendLog(ID, lines.slice(at, at + 700));
    const check = async (reader: ReturnType<typeof open>) => {
      expect(await reader.logChunks(ID, 0)).toEqual(chunksOf(lines));
      expect(await reader.logChunks(ID, 3)).toEqual(chunksOf(lines).slice(3));
      expect(await reader.logChunks(ID, 5)).toEqual([]);
      expect(await reader.readChunk(ID, 0)).toEqual(lines.slice(0, CHUNK_LINES));
      expect(await reader.readChunk(ID, 2)).toEqual(lines.slice(2 * CHUNK_LINES, 3 * CHUNK_LINES));
      expect(await reader.readChunk(ID, 4)).toEqual(lines.slice(4 * CHUNK_LINES));
      expect(await reader.readChunk(ID, 5)).toEqual([]);
      expect(await reader.readLog(ID, 1_990, 3_000)).toEqual(lines.slice(1_989, 4_989));
    };
    await check(store);
    await check(open());
    await expect.poll(() => readFileSync(file('log.index.jsonl'), 'utf8').split('\n').length - 1).toBe(4);
    await check(store);
    await check(open());
    await store.seal(ID);
    await check(store);
    await check(open());
  });

  it('grow while another process looks', async () => {
    const [store, other] = [open(), open()];
    let told = 0;
    for (let last = 0; last < 30_000; last += 1_500) {
      store.appendLog(ID, mixedLines(last + 1, last + 1_500));
      await store.readLog(ID, 1, 1);
      const chunks = await other.logChunks(ID, told);
      expect(chunks).toEqual(chunksOf(mixedLines(told * CHUNK_LINES + 1, last + 1_500)));
      told = chunks.at(-1)?.chunk ?? 0;
      expect(await other.readLog(ID, last + 1, 9e9)).toEqual(mixedLines(last + 1, last + 1_500));
    }
  });

  it('remember the first 40 marks, cut at 200 characters', async () => {
    const store = open();
    const lines = exampleLines(1, 100).map((line): LogLine => ({ ...line, mark: 'resend', text: 'y'.repeat(500) }));
    store.appendLog(ID, lines);
    const [chunk] = await store.logChunks(ID, 0);
    expect(chunk?.marks.map(({ seq, text }) => [seq, text.length])).toEqual(
      Array.from({ length: CHUNK_MARKS }, (_, at) => [at + 1, 200]),
    );
  });

  it('are read while they are written, packed and sealed, each line once', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: ID } }));
    const total = 40_000;
    let over = false;
    let written = 0;
    const readAll = async () => {
      let readings = 0;
      while (!over) {
        const from = 1 + ((readings * 7_919) % Math.max(1, written));
        const expected = Math.min(written, from + 4_999);
        const lines = await store.readLog(ID, from, 5_000);
        expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => from + at));
        expect(from + lines.length - 1).toBeGreaterThanOrEqual(expected);
        const counted = (await store.logChunks(ID, 0)).reduce((sum, chunk) => sum + chunk.lines, 0);
        expect(counted).toBeGreaterThanOrEqual(expected);
        expect(counted).toBeLessThanOrEqual(written);
        readings += 1;
      }
      return readings;
    };
    const readings = [readAll(), readAll()];
    while (written < total) {
      store.appendLog(ID, exampleLines(written + 1, written + 1_000));
      written += 1_000;
      await store.readLog(ID, written, 1);
    }
    await store.seal(ID);
    over = true;
    for (const times of await Promise.all(readings)) expect(times).toBeGreaterThan(0);
    expect(await store.readLog(ID, 1, 9e9)).toEqual(exampleLines(1, total));
  });

  it('may lack lines, in a log that was brought in', async () => {
    const store = open();
    const lines = [...exampleLines(5, 6), ...exampleLines(4_001, 4_002), ...exampleLines(9_000_000_001, 9_000_000_001)];
    const log = (async function* () {
      yield lines;
    })();
    await store.importAll({ experiment: null, runs: [{ ...exampleImport({ id: ID }), log }] });
    expect(await store.readLog(ID, 1, 9)).toEqual(lines);
    expect(await store.readChunk(ID, 1)).toEqual([]);
    expect((await store.logChunks(ID, 0)).map(({ chunk, lines: count }) => [chunk, count])).toEqual([
      [0, 2],
      [2, 2],
      [4_500_000, 1],
    ]);
  });
});

describe('the files', () => {
  it('a long run leaves a short plain file, and memory keeps no line of it', async () => {
    const store = open();
    for (let last = 0; last < 60_000; last += 2_000) {
      store.appendLog(ID, exampleLines(last + 1, last + 2_000));
      await store.readLog(ID, last + 1, 1);
    }
    const entries = () => readFileSync(file('log.index.jsonl'), 'utf8').split('\n').length - 1;
    await expect.poll(entries).toBe(30);
    await expect.poll(() => statSync(file('log.jsonl')).size).toBeLessThan(5 * 1024 * 1024);
    const packed = gunzipSync(readFileSync(file('log.jsonl.gz')));
    expect(packed.equals(Buffer.from(exampleLines(1, 60_000).map(toText).join('')))).toBe(true);
  });

  it('sealed, hold what zcat prints, and sizes that add up', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: ID } }));
    store.appendLog(ID, exampleLines(1, 5_000));
    await Promise.all([store.seal(ID), store.seal(ID)]);
    const text = gunzipSync(readFileSync(file('log.jsonl.gz'))).toString();
    expect(text).toBe(exampleLines(1, 5_000).map(toText).join(''));
    expect(existsSync(file('log.jsonl'))).toBe(false);
    expect(store.size().fileBytes).toBe(statSync(file('log.jsonl.gz')).size + statSync(file('log.index.jsonl')).size);
  });

  it('nothing is added while the log is sealed', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: ID } }));
    store.appendLog(ID, exampleLines(1, 5_000));
    const sealing = store.seal(ID);
    expect(failureOf(() => store.appendLog(ID, exampleLines(5_001, 5_001))).code).toBe('run_over');
    await sealing;
    expect(await store.readLog(ID, 4_999, 9)).toEqual(exampleLines(4_999, 5_000));
  });

  it('a log that was shortened behind its index is said, not shown as shorter', async () => {
    const store = open();
    await store.importAll({ experiment: null, runs: [exampleImport({ id: ID })] });
    writeFileSync(file('log.jsonl.gz'), readFileSync(file('log.jsonl.gz')).subarray(0, 100));
    await expect(store.readLog(ID, 1, 9)).rejects.toMatchObject({ code: 'store_failed' });
  });
});

it('packing that fails loses nothing: the plain file grows, and sealing says why until the cause is gone', async () => {
  const store = open();
  store.saveView(exampleRun({ config: { id: ID } }));
  store.saveOverride(ID, '');
  writeFileSync(file('log.index.jsonl'), '');
  symlinkSync('/dev/full', file('log.jsonl.gz'));
  for (let last = 0; last < 9_000; last += 3_000) {
    store.appendLog(ID, mixedLines(last + 1, last + 3_000));
    expect(await store.readLog(ID, 1, 9e9)).toEqual(mixedLines(1, last + 3_000));
  }
  await expect(store.seal(ID)).rejects.toMatchObject({
    code: 'store_failed',
    remedy: expect.stringContaining('Free some disk space'),
  });
  expect(readFileSync(file('log.jsonl'), 'utf8')).toBe(mixedLines(1, 9_000).map(toText).join(''));
  rmSync(file('log.jsonl.gz'));
  await store.seal(ID);
  expect(await store.readLog(ID, 1, 9e9)).toEqual(mixedLines(1, 9_000));
  expect(await store.logChunks(ID, 0)).toEqual(chunksOf(mixedLines(1, 9_000)));
});

describe('a log sealed before there were chunks', () => {
  const single = async () => {
    const store = open();
    await store.importAll({ experiment: null, runs: [exampleImport({ id: ID })] });
    const text = mixedLines(1, 7_000).map((line) => `${JSON.stringify(line)}\n`);
    writeFileSync(file('log.jsonl.gz'), gzipSync(text.join('')));
    rmSync(file('log.index.jsonl'));
  };
  const check = async (reader: ReturnType<typeof open>) => {
    const [chunks, chunk, page] = await Promise.all([
      reader.logChunks(ID, 0),
      reader.readChunk(ID, 3),
      reader.readLog(ID, 1, 9e9),
    ]);
    expect(chunks).toEqual(chunksOf(mixedLines(1, 7_000)));
    expect(chunk).toEqual(mixedLines(6_001, 7_000));
    expect(page).toEqual(mixedLines(1, 7_000));
  };

  it('is indexed by reading it once, and reads the same from then on', async () => {
    await single();
    await check(open());
    expect(readFileSync(file('log.index.jsonl'), 'utf8').split('\n')).toHaveLength(5);
    const stored = statSync(file('log.jsonl.gz'));
    await check(open());
    expect(statSync(file('log.jsonl.gz')).ino).toBe(stored.ino);
  });

  it('is indexed anew if that was broken off before the index was in place', async () => {
    await single();
    await check(open());
    renameSync(file('log.index.jsonl'), file('log.index.jsonl.4711.part'));
    await check(open());
  });

  it('is sealed again if the process died before the run was', async () => {
    const store = open();
    store.saveView(exampleRun({ config: { id: ID } }));
    store.saveOverride(ID, '');
    writeFileSync(file('log.jsonl.gz'), gzipSync(exampleLines(1, 3_000).map(toText).join('')));
    writeFileSync(file('log.jsonl'), exampleLines(1, 3_000).map(toText).join(''));
    await store.seal(ID);
    expect(existsSync(file('log.jsonl'))).toBe(false);
    expect(await store.readLog(ID, 1, 9e9)).toEqual(exampleLines(1, 3_000));
  });
});
