import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BpfSample } from './bpf-program';
import { exampleConfig, exampleFault, exampleRun } from './example-run';
import { toRunDocument } from './run-document';
import { endRun, newRun } from './run-machine';

function sample(moment: BpfSample['moment'], id: number): BpfSample {
  const program = {
    type: 'sched_cls',
    name: 'lab_broadcast',
    tag: 'aa',
    gplCompatible: true,
    loadedAt: null,
    uid: 0,
    bytesXlated: 1,
    jited: true,
    bytesJited: 1,
    bytesMemlock: 1,
    mapIds: [],
    btfId: 1,
    pids: [],
    runCnt: null,
    runTimeNs: null,
  } as const;
  return {
    replica: 'replica1',
    takenAt: 1,
    moment,
    insideWindow: false,
    verbatim: '',
    programs: [
      { ...program, mapIds: [], pids: [], id, owner: 'replica', ownerReason: 'x' },
      { ...program, mapIds: [], pids: [], id: 9, owner: 'host', ownerReason: 'x' },
    ],
    attachments: [
      {
        kind: 'tc',
        ifname: 'eth0',
        ifindex: 2,
        hook: 'clsact/egress',
        programId: id,
        programName: '',
        priority: 1,
        handle: '0x1',
      },
    ],
    problem: null,
  };
}

/** The example of docs/schemas/run.md. */
function documented(): Record<string, unknown> {
  const text = readFileSync(new URL('../../docs/schemas/run.md', import.meta.url), 'utf8');
  return JSON.parse(/```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '{}');
}

/** Names of an object's fields, of those within it, and of the first element of its arrays. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return fieldsOf(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([field, inner]) => fieldsOf(inner, `${path}.${field}`));
}

describe('toRunDocument', () => {
  const document = toRunDocument(exampleRun(), [
    sample('before_warmup', 41),
    sample('after_measuring', 42),
    sample('on_demand', 43),
  ]);

  it('has the fields of the documented example, in its order, and no others', () => {
    const example = exampleRun({ config: { size: 3 } });
    const [first] = example.replicas;
    const same = toRunDocument({ ...example, replicas: first ? [first] : [] }, [sample('after_measuring', 42)]);
    const { replica1 } = same.bpf;
    expect(fieldsOf({ ...same, bpf: { replica1 } })).toEqual(fieldsOf(documented()));
  });

  it('carries the proof', () => {
    expect(document).toMatchObject({
      schemaVersion: 1,
      requests: 20_000,
      completed: 20_000,
      offload: { verdict: 'offloaded', broadcasts: 20_034, frames: { replica2: 20_034 }, lost: { replica5: 0 } },
      sameLog: { verdict: 'same', commit: 24_000 },
      error: null,
    });
  });

  it("lists each replica's own programs after measuring, and an empty list where none was sampled", () => {
    expect(document.bpf).toEqual({
      replica1: [{ id: 42, type: 'sched_cls', name: 'lab_broadcast', tag: 'aa', attach: 'eth0 clsact/egress' }],
      replica2: [],
      replica3: [],
      replica4: [],
      replica5: [],
    });
  });

  it('has null where nothing is known', () => {
    const empty = toRunDocument(endRun(newRun(exampleConfig()), 'stopped', 5), []);
    expect(empty.latencyNs).toEqual({ min: null, mean: null, p50: null, p90: null, p99: null, p999: null, max: null });
    expect(empty.offload).toEqual({
      verdict: 'unknown',
      broadcasts: null,
      sent: null,
      frames: {},
      receipts: {},
      lost: {},
      declared: {},
      resends: null,
    });
    expect(empty.error).toMatchObject({ code: 'stopped' });
  });

  it('says what was done to the cluster, and what came of it', () => {
    const kill = exampleFault();
    const plan = [{ atSeconds: 5, action: kill.action, forSeconds: 4 }];
    const outages = [{ startMs: 5001, durationMs: 310, leaderBefore: 'replica1', leaderAfter: 'replica2' }];
    const told = toRunDocument(exampleRun({ config: { faults: plan }, view: { faults: [kill], outages } }), []);
    expect(told).toMatchObject({ faultPlan: 'at 5 s kill replica1 for 4 s', faults: [kill], outages, leaders: [] });
    expect(told.safety?.verdict).toBe('safe');
    expect(document.faultPlan).toBeNull();
  });

  it('has no number of requests for a workload in seconds', () => {
    const workload = { ...exampleConfig().workload, amount: { kind: 'seconds', seconds: 20 } } as const;
    expect(toRunDocument(exampleRun({ config: { workload } }), []).requests).toBeNull();
  });
});
