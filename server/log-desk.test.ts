/** The logs between store and browser, on a real store: runs of this process, of another, and over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from './adapters/store/open-store';
import { exampleConfig } from './domain/example-run';
import { chunkOf } from './domain/log-chunk';
import { type LogFilter, NO_FILTER } from './domain/log-filter';
import type { LogLine } from './domain/log-line';
import type { RunId } from './domain/run';
import { LiveRun } from './experiments/live-run';
import { ChunkIndex, linesIn } from './experiments/logs/chunk-index';
import { LineMatcher } from './experiments/logs/line-matcher';
import type { ChunkCount, LogBatch } from './experiments/logs/log-batch';
import { LogDesk } from './experiments/logs/log-desk';
import type { UnnumberedLine } from './experiments/logs/log-journal';
import { RunRegistry } from './experiments/run-registry';
import type { Identified } from './experiments/watch-run';

type Store = ReturnType<typeof openStore>;

let dataDir: string;
let opened: Store[];
let live: LiveRun[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-logs-'));
  opened = [];
  live = [];
});
afterEach(async () => {
  for (const run of live) if (!run.closed) await finish(run);
  for (const store of opened) store.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function open(): { store: Store; registry: RunRegistry; desk: LogDesk } {
  const store = openStore({ dataDir });
  opened.push(store);
  const registry = new RunRegistry();
  return { store, registry, desk: new LogDesk({ store }, registry) };
}

function launch({ store, registry }: { store: Store; registry: RunRegistry }): LiveRun {
  const run = new LiveRun(exampleConfig({ id: store.nextRunId() }), store, 0);
  registry.add(run);
  live.push(run);
  return run;
}

/** Until some of the lines that were added are numbered. */
async function untilWritten({ journal: { changed } }: LiveRun): Promise<void> {
  await changed.sleep(AbortSignal.timeout(10_000));
}

const finish = (run: LiveRun) => run.finish('stopped', { error: null, removed: null });

const patience = { timeout: 10_000, interval: 5 };

const SOURCES = ['replica1', 'replica2', 'client'];
const LEVELS = ['debug', 'notice', 'notice', 'notice', 'warn', 'notice', 'error'] as const;
let made = 0;

/** Lines of now, one of thirteen of which says `needle`. */
function lines(count: number): UnnumberedLine[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, at) => {
    made += 1;
    const time = `${Math.floor(now / 1000)}.${String((now % 1000) * 1e6 + (at % 1e6)).padStart(9, '0')}`;
    const level = LEVELS[made % LEVELS.length] ?? 'notice';
    const text = `${level} line ${made}${made % 13 === 0 ? ' NEEDLE' : ''}`;
    return { source: SOURCES[made % SOURCES.length] ?? 'client', time, stream: 'stderr', level, text };
  });
}

/** All that a reader was told, put together as the browser does. */
class Book {
  readonly lines: LogLine[] = [];
  readonly skipped: NonNullable<LogBatch['skipped']>[] = [];
  readonly counts = new Map<number, ChunkCount>();
  readonly batches: LogBatch[] = [];
  readonly marks: LogBatch['marks'] = [];
  resets = 0;
  lastId: string | null = null;

  take({ id, value }: Identified<LogBatch>): void {
    this.lastId = id;
    this.batches.push(value);
    if (value.reset) {
      this.resets += 1;
      this.lines.length = 0;
      this.skipped.length = 0;
      this.marks.length = 0;
      this.counts.clear();
    }
    if (value.skipped !== null) this.skipped.push(value.skipped);
    this.lines.push(...value.lines);
    this.marks.push(...value.marks);
    for (const count of value.chunks) this.counts.set(count.chunk, count);
    // What is told together belongs together, at every moment.
    if (value.searching === null) expect(this.shown).toBe(value.shown);
  }

  get shown(): number {
    return [...this.counts.values()].reduce((sum, { shown }) => sum + shown, 0);
  }
}

type Reading = { filter?: Partial<LogFilter>; book?: Book; isCongested?: () => boolean; until?: (book: Book) => boolean };

/** Reads until the run is over, or `until` holds. */
async function read(desk: LogDesk, id: RunId, reading: Reading = {}): Promise<Book> {
  const { book = new Book(), until = () => false, isCongested = () => false } = reading;
  const stop = new AbortController();
  const filter = { ...NO_FILTER, ...reading.filter };
  for await (const batch of desk.watch(id, filter, book.lastId, { signal: stop.signal, isCongested })) {
    book.take(batch);
    if (until(book)) break;
  }
  stop.abort();
  return book;
}

/** Every matching line, as the store has them in the end. */
async function truth(store: Store, id: RunId, fits: (line: LogLine) => boolean = () => true): Promise<LogLine[]> {
  return (await store.readLog(id, 1, 1e9)).filter(fits);
}

/** What a reader has once it has fetched every chunk that it was not sent whole. */
async function complete(desk: LogDesk, id: RunId, { filter, book }: { filter: LogFilter; book: Book }): Promise<number[]> {
  const seqs = new Set(book.lines.map(({ seq }) => seq));
  for (const { chunk, shown } of book.counts.values()) {
    const have = [...seqs].filter((seq) => chunkOf(seq) === chunk).length;
    if (have < shown) for (const { seq } of (await desk.chunk(id, filter, chunk)).lines) seqs.add(seq);
  }
  return [...seqs].sort((a, b) => a - b);
}

const isNeedle = ({ text }: LogLine) => text.includes('NEEDLE');
const needle = { ...NO_FILTER, text: 'needle' };
const seqsOf = (all: LogLine[]) => all.map(({ seq }) => seq);

describe('a reader of a live log', { timeout: 30_000 }, () => {
  it('gets every line once and in order, with counts that fit at every moment, and is done when the run is', async () => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    const reading = read(lab.desk, id);
    for (let round = 0; round < 20; round += 1) {
      run.addLines(lines(120));
      await untilWritten(run);
    }
    await finish(run);
    const book = await reading;
    expect(seqsOf(book.lines)).toEqual(seqsOf(await truth(lab.store, id)));
    expect(book.lines).toHaveLength(2400);
    expect(book).toMatchObject({ resets: 1, skipped: [] });
    expect([...book.counts.values()].map(({ shown }) => shown)).toEqual([2000, 400]);
    const last = book.batches.at(-1);
    expect(last).toMatchObject({ total: 2400, shown: 2400, dropped: 0, searching: null });
    for (const { lagMs } of book.batches.filter(({ reset, lines }) => !reset && lines.length > 0)) {
      expect(lagMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('that is cut off again and again goes on where it was, from the live run into the stored one', async () => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    const book = new Book();
    for (let round = 0; round < 12; round += 1) {
      run.addLines(lines(300));
      const wanted = book.batches.length + 2;
      await read(lab.desk, id, { book, until: ({ batches }) => batches.length >= wanted || run.journal.total === 3600 });
    }
    run.addLines(lines(50));
    await finish(run);
    await run.over();
    await read(lab.desk, id, { book });
    expect(book.resets).toBe(1);
    const all = await truth(lab.store, id);
    expect(all).toHaveLength(3650);
    expect(await complete(lab.desk, id, { filter: NO_FILTER, book })).toEqual(seqsOf(all));
    expect(book.lines.length + book.skipped.reduce((sum, skipped) => sum + skipped.lines, 0)).toBe(3650);
    expect(book.shown).toBe(3650);
  });

  it.each<[string, Partial<LogFilter>, (line: LogLine) => boolean]>([
    ['no filter', {}, () => true],
    ['a level', { level: 'warn' }, ({ level }) => level === 'warn' || level === 'error'],
    ['a source', { sources: ['client'] }, ({ source }) => source === 'client'],
    ['a word', { text: 'line' }, () => true],
    ['a pattern', { text: 'needle$', regex: true }, isNeedle],
    ['a word turned around', { text: 'needle', inverse: true }, (line) => !isNeedle(line)],
  ])('through %s misses nothing in a flood that is not counted', async (_, change, fits) => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    const filter = { ...NO_FILTER, ...change };
    const reading = read(lab.desk, id, { filter });
    for (const size of [10, 40_000, 500, 30_000, 9000, 1]) {
      run.addLines(lines(size));
      await untilWritten(run);
    }
    await finish(run);
    const book = await reading;
    const all = await truth(lab.store, id, fits);
    expect(all.length).toBeGreaterThan(1000);
    expect(await complete(lab.desk, id, { filter, book })).toEqual(seqsOf(all));
    expect(seqsOf(book.lines)).toEqual([...seqsOf(book.lines)].sort((a, b) => a - b));
    for (const { lines: sent } of book.batches) expect(sent.length).toBeLessThanOrEqual(2000);
    expect(book.shown).toBe(all.length);
    expect(book.batches.at(-1)).toMatchObject({ shown: all.length, total: 79_511, searching: null });
    for (const { fromSeq, toSeq, lines: left } of book.skipped) {
      const truly = all.filter(({ seq }) => seq >= fromSeq && seq <= toSeq).length;
      // Of lines that left the memory before they were looked at, a search for words finds out later.
      if (filter.text === '') expect(left).toBe(truly);
      else expect(left).toBeLessThanOrEqual(truly);
    }
  });

  it('that cannot take more is sent the newest lines once it can, and the number of those left out', async () => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    let congested = false;
    const book = new Book();
    const reading = read(lab.desk, id, { book, isCongested: () => congested });
    run.addLines(lines(100));
    await expect.poll(() => book.lines.length, patience).toBe(100);
    congested = true;
    run.addLines(lines(3000));
    await expect.poll(() => run.journal.total, patience).toBe(3100);
    run.addLines(lines(200));
    await expect.poll(() => run.journal.total, patience).toBe(3300);
    expect(book.lines).toHaveLength(100);
    congested = false;
    await finish(run);
    await reading;
    expect(book.lines.length + book.skipped.reduce((sum, skipped) => sum + skipped.lines, 0)).toBe(3300);
    expect(book.skipped.length).toBeGreaterThan(0);
    expect(book.lines.at(-1)?.seq).toBe(3300);
    expect(await complete(lab.desk, id, { filter: NO_FILTER, book })).toHaveLength(3300);
  });

  it('shares its batches with those who are in step', async () => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    const readings = Array.from({ length: 5 }, () => read(lab.desk, id, { filter: { level: 'notice' } }));
    for (let round = 0; round < 10; round += 1) {
      run.addLines(lines(50));
      await untilWritten(run);
    }
    await finish(run);
    const books = await Promise.all(readings);
    const objects = new Set(books.flatMap(({ batches }) => batches));
    const sent = books.reduce((sum, { batches }) => sum + batches.length, 0);
    expect(objects.size).toBeLessThan(sent / 2);
    for (const book of books) expect(book.lines).toEqual(books[0]?.lines);
  });

  it('is not disturbed by readers with other filters', async () => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    const filters = [{}, { level: 'warn' }, { sources: ['client'] }, { text: 'needle' }] satisfies Partial<LogFilter>[];
    const readings = filters.map((filter) => read(lab.desk, id, { filter }));
    for (let round = 0; round < 40; round += 1) {
      run.addLines(lines(200));
      await untilWritten(run);
    }
    await finish(run);
    const all = await truth(lab.store, id);
    for (const [at, book] of (await Promise.all(readings)).entries()) {
      const matcher = new LineMatcher({ ...NO_FILTER, ...filters[at] });
      expect(seqsOf(book.lines)).toEqual(seqsOf(all.filter((line) => matcher.matches(line))));
      expect(book).toMatchObject({ resets: 1, skipped: [] });
    }
  });

  it('gets the marks of all lines, each once, however the lines are filtered', async () => {
    const lab = open();
    const run = launch(lab);
    const { id } = run.config;
    const book = new Book();
    const marked = () => [{ ...lines(1)[0], mark: 'view' }].flatMap((line) => (isUnnumbered(line) ? [line] : []));
    for (let round = 0; round < 5; round += 1) {
      run.addLines([...lines(20), ...marked()]);
      await read(lab.desk, id, {
        book,
        filter: { text: 'nothing like it' },
        until: ({ batches }) => batches.at(-1)?.total === (round + 1) * 21,
      });
    }
    expect(book.marks.map(({ seq }) => seq)).toEqual(
      seqsOf((await truth(lab.store, id)).filter(({ mark }) => mark === 'view')),
    );
    expect(book.marks).toHaveLength(5);
    expect(book.lines).toEqual([]);
  });
});

const isUnnumbered = (line: object): line is UnnumberedLine => 'text' in line && 'mark' in line;

describe('a log that is over', { timeout: 30_000 }, () => {
  async function over(count: number) {
    const lab = open();
    const run = launch(lab);
    for (let left = count; left > 0; left -= 5000) run.addLines(lines(Math.min(5000, left)));
    await finish(run);
    await run.over();
    return { ...lab, id: run.config.id };
  }

  it('is shown by its newest lines and a count for every chunk; the rest is fetched', async () => {
    const { desk, store, id } = await over(9100);
    const book = await read(desk, id);
    expect(seqsOf(book.lines)).toEqual(Array.from({ length: 2000 }, (_, at) => 7101 + at));
    expect([...book.counts.values()].map(({ shown }) => shown)).toEqual([2000, 2000, 2000, 2000, 1100]);
    expect(book.batches).toHaveLength(1);
    expect(await complete(desk, id, { filter: NO_FILTER, book })).toEqual(seqsOf(await truth(store, id)));
    expect(await desk.chunk(id, NO_FILTER, 4)).toMatchObject({ chunk: 4, complete: true });
    expect((await desk.chunk(id, NO_FILTER, 9)).lines).toEqual([]);
  });

  it('is searched from its end to its beginning, with word of how far that is', async () => {
    const { desk, store, id } = await over(60_000);
    const book = await read(desk, id, { filter: needle });
    const searched = book.batches.map(({ chunks }) => chunks.filter(({ shown }) => shown > 0).map(({ chunk }) => chunk));
    for (const [at, chunks] of searched.slice(1).entries()) {
      expect(Math.max(...chunks)).toBeLessThan(Math.min(...(searched[at] ?? [])));
    }
    expect(book.batches[0]?.searching).toEqual({ done: 1, of: 30 });
    expect(book.batches.at(-1)?.searching).toBeNull();
    expect(book.shown).toBe((await truth(store, id, isNeedle)).length);
    // Found once, it is not searched again.
    expect((await read(desk, id, { filter: needle })).batches).toHaveLength(1);
  });

  it('comes whole, through a filter, batch by batch', async () => {
    const { desk, store, id } = await over(7000);
    const filter = { ...needle, level: 'warn', sources: ['client'] } satisfies LogFilter;
    const found: LogLine[] = [];
    for await (const batch of desk.all(id, filter)) found.push(...batch);
    expect(found).toEqual(
      await truth(store, id, (line) => isNeedle(line) && line.source === 'client' && ['warn', 'error'].includes(line.level)),
    );
    expect(found.length).toBeGreaterThan(10);
  });

  it('of a filter that is none, or of a run that is none, is refused in words', async () => {
    const { desk, id } = await over(10);
    const bad = { ...NO_FILTER, text: '(', regex: true };
    await expect(read(desk, id, { filter: bad })).rejects.toMatchObject({ code: 'bad_filter' });
    await expect(desk.chunk(id, bad, 0)).rejects.toMatchObject({ code: 'bad_filter' });
    await expect(desk.all(id, bad)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'bad_filter' });
    await expect(read(desk, 'r-9999')).rejects.toMatchObject({ code: 'unknown_run' });
    await expect(desk.chunk('r-9999', NO_FILTER, 0)).rejects.toMatchObject({ code: 'unknown_run' });
  });

  it('begins anew for ids of another filter, another process, or nonsense', async () => {
    const { desk, id } = await over(100);
    const known = await read(desk, id);
    for (const lastId of [known.lastId?.replace(/^[^:]+/, 'another') ?? '', 'x', `${known.lastId}9`]) {
      const book = Object.assign(new Book(), { lastId });
      await read(desk, id, { book });
      expect(book).toMatchObject({ resets: 1 });
    }
    const other = Object.assign(new Book(), { lastId: known.lastId });
    await read(desk, id, { book: other, filter: needle });
    expect(other.resets).toBe(1);
  });
});

describe('the index of chunks', () => {
  it('that somebody works with stays as it is while others ask for more', async () => {
    const lab = open();
    const run = launch(lab);
    const index = new ChunkIndex(run.config.id, lab.store);
    run.addLines(lines(1900));
    await expect.poll(() => run.journal.total, patience).toBe(1900);
    const before = await index.refresh();
    run.addLines(lines(1900));
    await expect.poll(() => run.journal.total, patience).toBe(3800);
    const after = await index.refresh();
    expect([linesIn(before), linesIn(after)]).toEqual([1900, 3800]);
    expect(after.map((chunk) => chunk.lines)).toEqual([2000, 1800]);
  });
});

describe('the log of a run in another process', { timeout: 30_000 }, () => {
  it('is followed through the store, and to its end', async () => {
    const there = open();
    const run = launch(there);
    const { id } = run.config;
    run.addLines(lines(500));
    run.change((view) => view);
    const here = open();
    const book = new Book();
    const reading = read(here.desk, id, { book });
    await expect.poll(() => book.lines.length, patience).toBe(500);
    run.addLines(lines(2500));
    await expect.poll(() => book.lines.length, patience).toBe(3000);
    run.addLines(lines(7));
    await finish(run);
    await reading;
    expect(seqsOf(book.lines)).toEqual(Array.from({ length: 3007 }, (_, at) => at + 1));
    expect(book.resets).toBe(1);
    expect(book.shown).toBe(3007);
  });
});
