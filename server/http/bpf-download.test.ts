import { expect, it } from 'vitest';
import { bpfChunks, parseBpfPath } from './bpf-download';

const PROGRAM = { replica: 'replica1', programId: 42, name: 'lab_broadcast', tag: '6d93a55983869661' };
const series = [
  { ...PROGRAM, at: [1000, 1500, 2000, 2500], runCnt: [null, 100, 100, 350], runTimeNs: [null, 9000, 9000, 34_000] },
  { ...PROGRAM, replica: 'replica2', at: [1000], runCnt: [5], runTimeNs: [6] },
];
const lives = [{ ...PROGRAM, loadedAt: null, firstSeenAt: 1000, lastSeenAt: 2500, gone: false }];
const codes = [{ ...PROGRAM, lines: [], problem: 'no' }];
const services = { samples: () => [], series: () => ({ series, lives }), codes: () => codes };

async function textOf(path: string): Promise<string> {
  const download = parseBpfPath(path);
  if (download === null) throw new Error(`no download: ${path}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of bpfChunks(services, download)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

it('the table has a row for each look, and rates where the counters moved', async () => {
  expect(await textOf('/api/runs/r-0001/bpf.csv')).toBe(
    `replica,program,at,run_cnt,run_time_ns,runs_per_s,ns_per_run,program_id,tag
replica1,lab_broadcast,1000,,,,,42,6d93a55983869661
replica1,lab_broadcast,1500,100,9000,,,42,6d93a55983869661
replica1,lab_broadcast,2000,100,9000,,,42,6d93a55983869661
replica1,lab_broadcast,2500,350,34000,500.0,100.0,42,6d93a55983869661
replica2,lab_broadcast,1000,5,6,,,42,6d93a55983869661
`,
  );
});

it('the document holds every record', async () => {
  expect(JSON.parse(await textOf('/api/runs/r-0001/bpf.json'))).toEqual({
    ...{ schemaVersion: 1, runId: 'r-0001', samples: [], series, lives, codes },
  });
});

it('no other path is one', () => {
  for (const path of [
    '/api/runs/r-1/bpf.csv',
    '/api/runs/r-0001/bpf.txt',
    '/api/runs/../bpf.csv',
    '/api/runs/r-0001/bpf.csvx',
  ]) {
    expect(parseBpfPath(path)).toBeNull();
  }
});
