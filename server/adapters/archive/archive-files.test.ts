import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArchiveSource } from '@/server/domain/archive';
import { LabError } from '@/server/domain/errors';
import { exampleConfig, exampleFault } from '@/server/domain/example-run';
import type { ReplicaState, RunView } from '@/server/domain/run';
import { newRun } from '@/server/domain/run-machine';
import { createArchiveFiles } from './archive-files';
import { ARCHIVE_LIMITS } from './archive-limits';
import {
  bytesOf,
  contentOf,
  EXPERIMENT,
  exampleArchivedRun,
  exampleSource,
  inChunks,
  packForTest,
  sealAgain,
  type TarFile,
  unpackForTest,
} from './example-archive';

const folder = { path: '' };
beforeEach(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'electrode-lab-archive-'));
});
afterEach(() => rmSync(folder.path, { recursive: true, force: true }));

const filesWith = (limits = ARCHIVE_LIMITS) => createArchiveFiles({ temporaryDir: folder.path, limits });
const write = (source: ArchiveSource = exampleSource()) => bytesOf(filesWith().write(source));
const read = (archive: Uint8Array, limits = ARCHIVE_LIMITS) =>
  filesWith(limits).read(inChunks(archive), 'trip.tar.gz', (content) => contentOf(content));

/** The message of the refusal; a test fails if there is none, or if anything stays behind. */
async function refusalOf(archive: Uint8Array, limits = ARCHIVE_LIMITS): Promise<string> {
  try {
    await read(archive, limits);
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'bad_archive') throw error;
    expect(error.remedy).toContain('Nothing was imported');
    expect(readdirSync(folder.path)).toEqual([]);
    return error.message;
  }
  throw new Error('the archive was accepted');
}

/** The refusal of an archive whose files were changed, with checksums that fit them again. */
async function refusalAfter(change: (files: TarFile[]) => TarFile[]): Promise<string> {
  return refusalOf(await packForTest(sealAgain(change(await unpackForTest(await write())))));
}

const edit = (name: string, from: string, to: string) => (files: TarFile[]) =>
  files.map((file) => (file.name === name ? { ...file, text: file.text.replace(from, to) } : file));

/** A view as versions 1 and 2 have it: nothing of faults and views. */
function withoutFaults(text: string): string {
  const {
    faults: _faults,
    outages: _outages,
    views: _views,
    leaders: _leaders,
    standing: _standing,
    safety: _safety,
    ...view
  } = JSON.parse(text);
  const { faults: _plan, ...config } = view.config;
  const { declared: _declared, ...delivery } = view.proof.delivery;
  const { live: _live, ...sameLog } = view.proof.sameLog;
  const replicas = view.replicas.map(
    ({ health: _health, affliction: _affliction, gap: _gap, acked: _acked, ...replica }: ReplicaState) => replica,
  );
  return JSON.stringify({ ...view, config, replicas, proof: { ...view.proof, delivery, sameLog } });
}

/** What is not known of a run from before there were faults. */
function withoutSafety(view: RunView): RunView {
  return { ...view, safety: null, proof: view.proof && { ...view.proof, sameLog: { ...view.proof.sameLog, live: [] } } };
}

/** A view as it was written before runs could say how they observe themselves. */
function withoutObservation(text: string): string {
  const { observations: _observations, logLate: _logLate, config, ...view } = JSON.parse(text);
  const { observe: _observe, ...rest } = config;
  return JSON.stringify({ ...view, config: rest });
}

describe('an archive', () => {
  it('gives back what was written, and leaves nothing behind', async () => {
    const source = exampleSource();
    expect(await read(await write(source))).toEqual(await contentOf(source));
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('holds runs that belong to no experiment', async () => {
    const source = exampleSource({ experiment: null });
    expect(await read(await write(source))).toEqual(await contentOf(source));
  });

  it('is the same, byte for byte, but for the time it was made', async () => {
    expect(await write()).toEqual(await write());
    const files = async (createdAt: number) => unpackForTest(await write(exampleSource({ createdAt })));
    const [[one, ...rest], [other, ...others]] = [await files(1), await files(2)];
    expect(rest).toEqual(others);
    expect(one?.text.replace('"createdAt": 1,', '"createdAt": 2,')).toBe(other?.text);
  });

  it('has its manifest first, then the experiment, then every run', async () => {
    const names = (await unpackForTest(await write())).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual([
      'manifest.json',
      'experiment.json',
      'runs/r-0007/view.json',
      'runs/r-0007/intervals.jsonl',
    ]);
    expect(names).toHaveLength(14);
  });

  it('keeps what was done to the cluster, and what came of it', async () => {
    const run = exampleArchivedRun('r-0007', 1);
    const kill = exampleFault();
    const view: RunView = {
      ...run.view,
      config: { ...run.view.config, faults: [{ atSeconds: 5, action: kill.action, forSeconds: 4 }] },
      faults: [
        kill,
        exampleFault({
          action: { kind: 'noise', link: { kind: 'everywhere' }, lossPercent: 5, duplicatePercent: 0 },
          lost: 12,
          problem: 'half',
        }),
      ],
      outages: [{ startMs: 5001.5, durationMs: 310, leaderBefore: 'replica1', leaderAfter: 'replica2' }],
      views: [{ replica: 'replica2', at: 1, health: 'view_change', view: 1, leader: 'replica2', op: 5, commit: 4 }],
      leaders: [{ at: 1, view: 0, leader: 'replica1' }],
      safety: { verdict: 'not_decided', reason: 'No history.', linearizability: null },
    };
    const source = exampleSource({ experiment: null, runs: [{ ...run, view }] });
    expect((await read(await write(source))).runs[0]?.view).toEqual(view);
  });

  it('of version 2 is read: with nothing of faults, views and safety', async () => {
    const source = exampleSource();
    const old = (await unpackForTest(await write(source)))
      .map((file) => (file.name.endsWith('view.json') ? { ...file, text: withoutFaults(file.text) } : file))
      .map((file) => ({ ...file, text: file.text.replace('"schemaVersion": 3', '"schemaVersion": 2') }));
    const wanted = await contentOf(source);
    expect(await read(await packForTest(sealAgain(old)))).toEqual({
      ...wanted,
      runs: wanted.runs.map((run) => ({ ...run, view: withoutSafety(run.view) })),
    });
  });

  it('of version 1 is read: without what later versions hold, and with its defaults', async () => {
    const source = exampleSource();
    const old = (await unpackForTest(await write(source)))
      .filter(({ name }) => !name.endsWith('bpf.jsonl'))
      .map((file) => (file.name.endsWith('view.json') ? { ...file, text: withoutFaults(withoutObservation(file.text)) } : file))
      .map((file) => ({ ...file, text: file.text.replace('"schemaVersion": 3', '"schemaVersion": 1') }));
    const wanted = await contentOf(source);
    expect(await read(await packForTest(sealAgain(old)))).toEqual({
      ...wanted,
      runs: wanted.runs.map((run) => ({ ...run, view: withoutSafety(run.view), bpf: [] })),
    });
    // A file that version 1 does not know is foreign to it.
    expect(await refusalAfter(edit('manifest.json', '"schemaVersion": 3', '"schemaVersion": 1'))).toContain(
      'bpf.jsonl", which belongs to no run of the archive',
    );
  });

  it('removes what was unpacked when its user fails', async () => {
    const failing = filesWith().read(inChunks(await write()), 'trip.tar.gz', async () => {
      throw new Error('the store is full');
    });
    await expect(failing).rejects.toThrow('the store is full');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is not made of what still runs', () => {
    const running = { ...EXPERIMENT, state: 'running' as const };
    expect(() => filesWith().write(exampleSource({ experiment: running }))).toThrow('Experiment x-0003 is running');
    const open = { ...exampleArchivedRun('r-0007', 0), view: newRun(exampleConfig()) };
    expect(() => filesWith().write(exampleSource({ runs: [open] }))).toThrow('Run r-0007 is in phase queued');
  });

  it('passes on the failure of a log that cannot be read', async () => {
    const run = exampleArchivedRun('r-0007', 0);
    const log = { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('log.jsonl.gz is gone')) }) };
    await expect(write(exampleSource({ runs: [{ ...run, log }] }))).rejects.toThrow('log.jsonl.gz is gone');
  });

  it('closes a log when its reader goes away in the middle', async () => {
    const run = exampleArchivedRun('r-0007', 0);
    let opened = 0;
    let closed = 0;
    async function* endless() {
      opened += 1;
      try {
        for (let seq = 1; opened === 1 ? seq <= 40_000 : true; seq += 1) {
          const text = Math.sin(seq).toString(36).repeat(4);
          yield [{ seq, time: '1.0', source: 'lab', stream: 'stderr' as const, level: 'notice' as const, text }];
        }
      } finally {
        closed += 1;
      }
    }
    const log = { [Symbol.asyncIterator]: endless };
    for await (const _chunk of filesWith().write(exampleSource({ runs: [{ ...run, log }] }))) {
      if (opened === 2) break;
    }
    await expect.poll(() => closed).toBe(2);
  });
});

describe('an archive that is not as it was written', () => {
  it('is refused or holds the same, whichever byte is changed', async () => {
    const whole = await write();
    const content = await read(whole);
    const anyByte = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(anyByte, async ([at, flip]) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);
        const found = await read(bytes).catch((error: unknown) => error);
        if (found instanceof LabError) expect(found.code).toBe('bad_archive');
        else expect(found).toEqual(content);
        expect(readdirSync(folder.path)).toEqual([]);
      }),
      { numRuns: 150, examples: [[[3, 4]], [[3, 8]], [[9, 1]], [[whole.length - 1, 1]]] },
    );
  });

  it('is refused wherever it breaks off', async () => {
    const whole = await write();
    for (const share of [0, 0.001, 0.3, 0.7, 0.99]) {
      expect(await refusalOf(whole.subarray(0, Math.floor(whole.length * share)))).toMatch(/breaks off|holds no manifest/);
    }
  });

  it('is refused as a plain text or a foreign tar', async () => {
    expect(await refusalOf(Buffer.from('hello'))).toBe('trip.tar.gz: it is not a gzip file.');
    expect(await refusalOf(gzipSync(Buffer.alloc(4096, 7)))).toBe('trip.tar.gz: its bytes are damaged.');
    const foreign = await packForTest([{ name: 'notes.txt', text: 'hello' }]);
    expect(await refusalOf(foreign)).toContain('notes.txt: it stands first, where manifest.json belongs');
  });

  it('is refused if its format or its version is another', async () => {
    expect(await refusalAfter(edit('manifest.json', 'electrode-lab-archive', 'tarball'))).toContain(
      'manifest.json: its format is "tarball"',
    );
    expect(await refusalAfter(edit('manifest.json', '"schemaVersion": 3', '"schemaVersion": 4'))).toContain(
      'its schema version is 4; this lab reads versions 1, 2 and 3',
    );
  });

  it('is refused if a file is missing, foreign, doubled or larger than it says', async () => {
    const files = await unpackForTest(await write());
    const log = 'runs/r-0008/log.jsonl';
    const without = await packForTest(files.filter(({ name }) => name !== log));
    expect(await refusalOf(without)).toContain(`${log}: the manifest names this file, and the archive does not hold it`);
    const extra = await packForTest([...files, { name: 'runs/r-0009/log.jsonl', text: '' }]);
    expect(await refusalOf(extra)).toContain('runs/r-0009/log.jsonl: the manifest does not name it');
    const doubled = await packForTest([...files, ...files.filter(({ name }) => name === log)]);
    expect(await refusalOf(doubled)).toContain(`${log}: it stands twice`);
    const longer = await packForTest(files.map((file) => (file.name === log ? { ...file, text: `${file.text}\n` } : file)));
    expect(await refusalOf(longer)).toMatch(/log.jsonl: it has \d+ bytes where the manifest says \d+/);
  });

  it('is refused if a checksum does not fit', async () => {
    const files = edit('runs/r-0007/view.json', 'baseline', 'baselime')(await unpackForTest(await write()));
    expect(await refusalOf(await packForTest(files))).toMatch(/view.json: its checksum is \w{12}… where the manifest says/);
  });

  it('is refused if it names paths outside, or holds links or folders', async () => {
    const outside = (files: TarFile[]) => [...files, { name: '../../etc/passwd', text: 'root' }];
    expect(await refusalAfter(outside)).toContain('manifest.json: it names "../../etc/passwd", which belongs to no run');
    const files = await unpackForTest(await write());
    expect(await refusalOf(await packForTest([...files, { name: 'runs/../x', text: '' }]))).toContain('does not name it');
    const link = await packForTest([...files, { name: 'runs/r-0009', text: '/etc', type: 'symlink' }]);
    expect(await refusalOf(link)).toContain('it is a symlink; only plain files are read');
    const directory = await packForTest([...files, { name: 'runs', text: '', type: 'directory' }]);
    expect(await refusalOf(directory)).toContain('it is a directory');
  });

  it('is refused beyond its bounds, before it is unpacked', async () => {
    const archive = await write();
    expect(await refusalOf(archive, { ...ARCHIVE_LIMITS, totalBytes: 4096 })).toContain('unpacks to more than 4096 bytes');
    expect(await refusalOf(archive, { ...ARCHIVE_LIMITS, entries: 5 })).toContain('the archive holds more than 5 files');
    expect(await refusalOf(archive, { ...ARCHIVE_LIMITS, lineBytes: 50 })).toContain('line 1: it is longer than 50 bytes');
    expect(await refusalOf(archive, { ...ARCHIVE_LIMITS, recordBytes: 900 })).toContain('is larger than 900 bytes');
  });

  it('is refused if a header alone is larger than any of ours', async () => {
    const files = await unpackForTest(await write());
    const huge = await packForTest([...files, { name: `runs/${'a'.repeat(3_000_000)}`, text: '' }]);
    expect(await refusalOf(huge)).toContain('bytes that belong to no file');
  });
});

describe('an archive with checksums that fit and contents that do not', () => {
  it('is refused with the field that is wrong', async () => {
    expect(await refusalAfter(edit('runs/r-0007/view.json', '"state": "done"', '"state": "measuring"'))).toContain(
      'runs/r-0007/view.json: state: Invalid option',
    );
    expect(await refusalAfter(edit('runs/r-0007/view.json', '"timeouts": 0', '"timeouts": 0, "extra": 1'))).toContain(
      'Unrecognized key: "extra"',
    );
    expect(await refusalAfter(edit('experiment.json', '"state": "done"', '"state": "running"'))).toContain(
      'experiment.json: state',
    );
  });

  it('is refused with the line that is wrong', async () => {
    expect(await refusalAfter(edit('runs/r-0008/log.jsonl', '"seq":2', '"seq":1'))).toContain(
      'runs/r-0008/log.jsonl line 2: it stands out of order, or twice',
    );
    expect(await refusalAfter(edit('runs/r-0008/intervals.jsonl', '"hist":[', '"hist":[9,'))).toContain(
      'intervals.jsonl line 1: hist: pairs of ascending index',
    );
    expect(await refusalAfter(edit('runs/r-0008/events.jsonl', '}\n', '}'))).toContain('line 1: it breaks off before its end');
    expect(await refusalAfter(edit('runs/r-0008/events.jsonl', '{', ''))).toContain('line 1: it is not JSON');
  });

  it('is refused if run and folder, or run and plan, disagree', async () => {
    const view = 'runs/r-0008/view.json';
    expect(await refusalAfter(edit(view, '"id": "r-0008"', '"id": "r-0007"'))).toContain("unlike its folder's name");
    expect(await refusalAfter(edit(view, '"experimentId": "x-0003"', '"experimentId": "x-0004"'))).toContain(
      'belongs to experiment "x-0004", not to x-0003',
    );
    expect(await refusalAfter(edit(view, '"pair": 1', '"pair": 2'))).toContain('the plan has no pair 2');
    expect(await refusalAfter(edit(view, '"side": 1', '"side": 0'))).toContain('its variant is "tc_broadcast", unlike side 0');
    const same = exampleSource({ runs: [exampleArchivedRun('r-0007', 0), exampleArchivedRun('r-0009', 0)] });
    expect(await refusalOf(await write(same))).toContain('runs/r-0009/view.json: it has the place of run r-0007');
  });
});
