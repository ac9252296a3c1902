import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { BpfRecord, ImportedRun } from '@/server/domain/archive';
import type { BpfSample } from '@/server/domain/bpf-program';
import { LabError } from '@/server/domain/errors';
import { exampleInterval, exampleRun } from '@/server/domain/example-run';
import type { LogLine } from '@/server/domain/log-line';
import { openStore } from './open-store';

/** A data folder of its own for each test; everything opened in it is closed and removed afterwards. */
export function withDataDir() {
  const opened: ReturnType<typeof openStore>[] = [];
  const folder = { dataDir: '' };
  beforeEach(() => {
    folder.dataDir = mkdtempSync(join(tmpdir(), 'electrode-lab-store-'));
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(folder.dataDir, { recursive: true, force: true });
  });
  return {
    open: () => {
      const store = openStore({ dataDir: folder.dataDir });
      opened.push(store);
      return store;
    },
    dataDir: () => folder.dataDir,
    runDir: (id: string) => join(folder.dataDir, 'runs', id),
    /** Source text that opens the same store as `store` in a process of its own. */
    openInChild: () =>
      `import { openStore } from './server/adapters/store/open-store.ts'; const store = openStore({ dataDir: ${JSON.stringify(folder.dataDir)} });`,
  };
}

export function failureOf(step: () => unknown): LabError {
  try {
    step();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export const exampleLines = (from: number, to: number): LogLine[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({
    seq: from + at,
    time: `1763900000.${String(from + at).padStart(9, '0')}`,
    source: 'replica1',
    stream: 'stderr',
    level: 'notice',
    text: `line ${from + at} ünï \u001b[31mred\u001b[0m "quoted"`,
  }));

export const exampleSample: BpfSample = {
  replica: 'replica1',
  takenAt: 5,
  moment: 'on_demand',
  insideWindow: true,
  verbatim: '42: sched_cls',
  programs: [],
  attachments: [],
  problem: null,
};

export const exampleBpf: BpfRecord[] = [
  {
    kind: 'series',
    series: {
      replica: 'replica1',
      programId: 42,
      name: 'lab_broadcast',
      tag: '6d93a55983869661',
      at: [1000, 1500],
      runCnt: [null, 12],
      runTimeNs: [null, 3400],
    },
  },
  {
    kind: 'life',
    life: {
      replica: 'replica1',
      programId: 42,
      name: 'lab_broadcast',
      tag: '6d93a55983869661',
      loadedAt: 500,
      firstSeenAt: 1000,
      lastSeenAt: 1500,
      gone: false,
    },
  },
  {
    kind: 'code',
    code: {
      replica: 'replica1',
      programId: 42,
      name: 'lab_broadcast',
      tag: '6d93a55983869661',
      lines: [{ kind: 'instruction', text: '   0: (bf) r7 = r1', sourceLine: 104 }],
      problem: null,
    },
  },
];

/** A run as an archive gives it, with 3,000 lines of log. */
export function exampleImport(config: { id: string; place?: ImportedRun['view']['config']['place'] }): ImportedRun {
  return {
    view: exampleRun({ config }),
    intervals: [exampleInterval(0, [1000], 'warmup'), exampleInterval(0, [2000, 3000])],
    events: [{ tUs: 1, source: 'replica1', event: 'ready', json: '{"v":1}' }],
    samples: [exampleSample],
    bpf: exampleBpf,
    log: (async function* () {
      yield exampleLines(1, 1000);
      yield exampleLines(1001, 3000);
    })(),
  };
}
