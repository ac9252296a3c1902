import { describe, expect, it } from 'vitest';
import type { RunConditions } from '../conditions';
import {
  AS_IS,
  BASELINE,
  exampleEvidence,
  exampleFault,
  exampleInterval,
  exampleRun,
  followerCounters,
  leaderCounters,
} from '../example-run';
import type { HostFacts } from '../host';
import { judgeProof } from '../judge-proof';
import type { LatencyInterval } from '../latency';
import { OBSERVE_NOTHING, type Observation, type Observe } from '../observation';
import type { Proof } from '../proof';
import type { RunView } from '../run';
import type { Variant } from '../scenario';
import { judgeRun } from './judge-run';
import { decidingGate, GATE_IDS, type GateId, type GateState, type RunGate } from './validity';

const QUIET: RunConditions = {
  windowMs: 2000,
  cores: 8,
  runCores: 1.2,
  clientCores: 0.3,
  labCores: 0.1,
  engineCores: 0.03,
  outsideCores: 0,
  outside: [],
  stealCores: 0,
  mhz: { begin: 3000, end: 3000 },
  memoryAvailableBytes: 8 * 1024 ** 3,
  memoryStallShare: 0,
  swappedPages: 0,
  viewers: 0,
  problem: null,
};

const HOST: HostFacts = {
  kernel: '6.1.0',
  cpuModel: 'Example',
  cores: 8,
  memoryBytes: 16 * 1024 ** 3,
  engine: '20.10',
  compose: '2.26',
  storageDriver: 'overlay2',
  governor: 'performance',
  load1: 0.1,
  btf: true,
  bpfStats: false,
  os: 'Linux',
};

const WATCHED: Observation = { kind: 'bpf_watch', fromMs: 0, toMs: 1500 };
const TRACED: Observation = { kind: 'trace', fromMs: 0, toMs: null };

const OWN_CORES = { replica1: '0', replica2: '1', replica3: '2', replica4: '3', replica5: '4', client: '5' };
const settled = Array.from({ length: 20 }, (_, index) => exampleInterval(index, [200_000 + (index % 5) * 100]));
const example = exampleRun({ config: { cpusets: OWN_CORES } });
/** Everything went well, on a machine that tells everything. */
const good: RunView = {
  ...example,
  host: HOST,
  conditions: QUIET,
  phases: [{ phase: 'measuring', startedAt: 0, endedAt: 1, detail: null }],
  replicas: example.replicas.map((replica) => ({ ...replica, role: replica.id === 1 ? 'leader' : 'follower', view: 0 })),
};

const gateOf = (id: GateId, view: RunView, intervals: LatencyInterval[] = settled): RunGate => {
  const found = judgeRun(view, intervals).gates.find((gate) => gate.id === id);
  if (found === undefined) throw new Error(`no gate ${id}`);
  return found;
};
const host = (changes: Partial<RunConditions>): RunView => ({ ...good, conditions: { ...QUIET, ...changes } });
function observing(observe: Partial<Observe>, observations: Observation[]): RunView {
  return { ...good, config: { ...good.config, observe: { ...OBSERVE_NOTHING, ...observe } }, observations };
}

const pinned = (cpusets: Record<string, string>): RunView => ({ ...good, config: { ...good.config, cpusets } });
const proven = (changes: Partial<Proof>): RunView => ({ ...good, proof: good.proof && { ...good.proof, ...changes } });
const resent = (resends: number | null, broadcasts = 10_000): RunView =>
  proven({ mechanism: { verdict: 'offloaded', reason: '', broadcasts, sent: broadcasts, clones: 0, frames: {}, resends } });
/** The example's Little's law is 1.02 at the example's throughput. */
const atLittle = (value: number): RunView => ({ ...good, throughputPerS: ((good.throughputPerS ?? 0) * 1.02) / value });
function claiming(variant: Variant, proof: Proof | null, clientFormat = good.config.clientFormat): RunView {
  return { ...good, config: { ...good.config, variant, clientFormat }, proof };
}
const silent = judgeProof(AS_IS, {
  ...exampleEvidence(5, 'sent'),
  history: null,
  replicas: exampleEvidence(5, 'sent').replicas.map((each) => ({ ...each, counters: null, commit: null, checkpoints: [] })),
});
const MIB = 1024 ** 2;
/** measuring began when the example's fault was still 5 s away. */
const MEASURING: RunView['phases'] = [{ phase: 'measuring', startedAt: 1_763_900_000_000, endedAt: null, detail: null }];
const KILL = exampleFault();
const faulty = (changes: Partial<RunView>, faults = [KILL]): RunView => ({ ...good, phases: MEASURING, faults, ...changes });
const silence = (startMs: number) => ({ startMs, durationMs: 310, leaderBefore: 'replica1', leaderAfter: 'replica2' });
const led = (at: number, view: number) => ({ at, view, leader: `replica${view + 1}` });
const secondView = { leaders: [led(1, 0), led(1_763_900_005_300, 1)] };

/** For each gate: both sides of every bound. */
const table: [GateId, string, RunView, GateState][] = [
  ['finished', 'done', good, 'pass'],
  ['finished', 'failed', { ...good, state: 'failed' }, 'invalid'],
  ['finished', 'stopped', { ...good, state: 'stopped' }, 'invalid'],
  ['finished', 'interrupted', { ...good, state: 'interrupted' }, 'invalid'],

  ['offload', 'what it claims', good, 'pass'],
  ['offload', 'another mechanism', claiming(BASELINE, good.proof), 'invalid'],
  ['offload', 'no proof of a claim', { ...good, proof: null }, 'invalid'],
  ['offload', 'no proof because it ended early', { ...good, state: 'failed', proof: null }, 'unknown'],
  ['offload', 'no claim, nothing counted', claiming(AS_IS, silent), 'unknown'],
  ['offload', 'no claim, something counted', claiming(AS_IS, good.proof), 'pass'],
  ['offload', 'a claim, nothing counted', claiming(BASELINE, silent), 'invalid'],

  ['delivery', 'all arrived', good, 'pass'],
  ['delivery', 'unknown without a claim', claiming(AS_IS, silent), 'unknown'],
  ['delivery', 'unknown with a claim', claiming(BASELINE, silent), 'invalid'],
  ['delivery', 'one lost', claiming(AS_IS, { ...silent, delivery: { ...silent.delivery, verdict: 'lost' } }), 'invalid'],

  ['same_log', 'the same', good, 'pass'],
  ['same_log', 'unknown without a claim', claiming(AS_IS, silent), 'unknown'],
  ['same_log', 'unknown with a claim', claiming(BASELINE, silent), 'invalid'],
  ['same_log', 'behind', claiming(AS_IS, { ...silent, sameLog: { ...silent.sameLog, verdict: 'behind' } }), 'invalid'],
  ['same_log', 'another', claiming(AS_IS, { ...silent, sameLog: { ...silent.sameLog, verdict: 'differs' } }), 'invalid'],

  ['safety', 'safe', good, 'pass'],
  ['safety', 'refuted', { ...good, safety: { verdict: 'unsafe', reason: 'Lost.', linearizability: null } }, 'invalid'],
  ['safety', 'open', { ...good, safety: { verdict: 'not_decided', reason: 'Open.', linearizability: null } }, 'note'],
  ['safety', 'not judged', { ...good, safety: null }, 'unknown'],

  ['faults', 'none', good, 'pass'],
  ['faults', 'as planned', faulty({}), 'note'],
  ['faults', 'by hand', faulty({}, [KILL, exampleFault({ origin: 'panel' })]), 'suspect'],
  [
    'faults',
    'by hand, not done',
    faulty({}, [exampleFault({ origin: 'lab', endedAt: KILL.startedAt, problem: 'gone' })]),
    'pass',
  ],

  ['outages', 'none', good, 'pass'],
  ['outages', 'from a fault on', faulty({ outages: [silence(4990)] }), 'note'],
  ['outages', 'before the fault', faulty({ outages: [silence(4700)] }), 'suspect'],
  ['outages', 'when it came back', faulty({ outages: [silence(18_900)] }), 'note'],
  ['outages', 'long after it', faulty({ outages: [silence(5010), silence(19_100)] }), 'suspect'],
  ['outages', 'without a fault', { ...good, outages: [silence(100)] }, 'suspect'],
  ['outages', 'not told', claiming(AS_IS, silent, 'electrode'), 'unknown'],

  ['leader', 'one, alive', good, 'pass'],
  ['leader', 'died', { ...good, deaths: [{ service: 'replica1', exitCode: 137, at: 5, led: true }] }, 'invalid'],
  ['leader', 'a follower died', { ...good, deaths: [{ service: 'replica3', exitCode: 1, at: 5, led: false }] }, 'invalid'],
  ['leader', 'a later view', { ...good, replicas: good.replicas.map((each) => ({ ...each, view: 1 })) }, 'invalid'],
  [
    'leader',
    'died as declared',
    faulty({ deaths: [{ service: 'replica1', exitCode: 137, at: KILL.startedAt + 80, led: true }] }),
    'pass',
  ],
  [
    'leader',
    'died beside a fault',
    faulty({ deaths: [{ service: 'replica2', exitCode: 1, at: KILL.startedAt, led: false }] }),
    'invalid',
  ],
  ['leader', 'changed under a fault', faulty(secondView), 'note'],
  ['leader', 'changed before the fault', faulty({ leaders: [led(1, 0), led(KILL.startedAt - 1, 1)] }), 'invalid'],
  ['leader', 'another before it measured', { ...good, phases: MEASURING, leaders: [led(1, 0), led(2, 1)] }, 'pass'],
  ['leader', 'changed without a fault', { ...good, ...secondView }, 'invalid'],
  [
    'leader',
    'changed under a fault that was not done',
    faulty(secondView, [{ ...KILL, endedAt: KILL.startedAt, problem: 'gone' }]),
    'invalid',
  ],
  ['leader', 'no view told', { ...good, replicas: good.replicas.map((each) => ({ ...each, view: null })) }, 'unknown'],

  ['littles_law', 'below the least', atLittle(0.979), 'invalid'],
  ['littles_law', 'at the least', atLittle(0.981), 'pass'],
  ['littles_law', 'exact', atLittle(1), 'pass'],
  ['littles_law', 'up to suspect', atLittle(1.099), 'pass'],
  ['littles_law', 'suspect', atLittle(1.101), 'suspect'],
  ['littles_law', 'at the most', atLittle(1.229), 'suspect'],
  ['littles_law', 'beyond the most', atLittle(1.231), 'invalid'],
  ['littles_law', 'no mean', { ...good, latency: good.latency && { ...good.latency, meanNs: null } }, 'unknown'],

  ['timeouts', 'none', good, 'pass'],
  ['timeouts', 'one', { ...good, timeouts: 1, clientRetries: 5 }, 'suspect'],
  ['timeouts', 'one of a thousand', { ...good, completed: 20_000, timeouts: 20 }, 'suspect'],
  ['timeouts', 'more than one of a thousand', { ...good, completed: 20_000, timeouts: 21 }, 'invalid'],
  ['timeouts', 'sent again without a timeout', { ...good, clientRetries: 1 }, 'suspect'],

  ['timeouts', 'under a fault', faulty({ completed: 20_000, timeouts: 2000 }), 'note'],
  ['resends', 'under a fault', { ...resent(5000), faults: [KILL] }, 'note'],
  [
    'littles_law',
    'clients waited under a fault',
    faulty({ ...atLittle(1.5), phases: MEASURING, faults: [KILL], outages: [silence(5010)] }),
    'note',
  ],
  ['littles_law', 'a fault without a silence', faulty({ throughputPerS: atLittle(1.5).throughputPerS }), 'invalid'],
  ['littles_law', 'too many replies under a fault', { ...atLittle(0.9), faults: [KILL], outages: [silence(5010)] }, 'invalid'],

  ['resends', 'none', good, 'pass'],
  ['resends', 'one', resent(1), 'suspect'],
  ['resends', 'one of a thousand', resent(10), 'suspect'],
  ['resends', 'more than one of a thousand', resent(11), 'invalid'],
  ['resends', 'not counted', resent(null), 'unknown'],

  ['host_busy', 'idle', good, 'pass'],
  ['host_busy', 'up to a tenth', host({ outsideCores: 0.1 }), 'pass'],
  ['host_busy', 'above a tenth', host({ outsideCores: 0.11 }), 'note'],
  ['host_busy', 'up to a quarter', host({ outsideCores: 0.25 }), 'note'],
  ['host_busy', 'above a quarter', host({ outsideCores: 0.26 }), 'suspect'],
  ['host_busy', 'up to a half', host({ outsideCores: 0.5 }), 'suspect'],
  ['host_busy', 'above a half', host({ outsideCores: 0.51 }), 'invalid'],
  ['host_busy', 'not to be seen', host({ outsideCores: null }), 'unknown'],

  ['steal', 'none', good, 'pass'],
  ['steal', 'up to 0.03', host({ stealCores: 0.03 }), 'pass'],
  ['steal', 'above 0.03', host({ stealCores: 0.04 }), 'note'],
  ['steal', 'up to a tenth', host({ stealCores: 0.1 }), 'note'],
  ['steal', 'above a tenth', host({ stealCores: 0.11 }), 'suspect'],
  ['steal', 'up to a quarter', host({ stealCores: 0.25 }), 'suspect'],
  ['steal', 'above a quarter', host({ stealCores: 0.26 }), 'invalid'],
  ['steal', 'not told', host({ stealCores: null }), 'unknown'],

  ['frequency', 'performance, steady', good, 'pass'],
  ['frequency', 'another governor', { ...good, host: { ...HOST, governor: 'powersave' } }, 'note'],
  ['frequency', 'moved by a tenth', host({ mhz: { begin: 3000, end: 2700 } }), 'pass'],
  ['frequency', 'moved by more', host({ mhz: { begin: 3000, end: 2690 } }), 'suspect'],
  ['frequency', 'moved up', host({ mhz: { begin: 3000, end: 3310 } }), 'suspect'],
  ['frequency', 'clock not told', host({ mhz: null }), 'pass'],
  ['frequency', 'nothing told', { ...host({ mhz: null }), host: { ...HOST, governor: null } }, 'unknown'],

  ['shared_cores', 'a core each', good, 'pass'],
  ['shared_cores', 'two on one', pinned({ ...OWN_CORES, client: '0' }), 'note'],
  ['shared_cores', 'several to choose from', pinned({ ...OWN_CORES, client: '5-7' }), 'note'],
  ['shared_cores', 'not pinned', pinned({}), 'note'],
  ['shared_cores', 'cores unknown', { ...good, host: null, conditions: null }, 'unknown'],

  ['client', 'has room', good, 'pass'],
  ['client', 'up to three quarters', host({ clientCores: 0.75 }), 'pass'],
  ['client', 'above three quarters', host({ clientCores: 0.76 }), 'note'],
  ['client', 'up to nine tenths', host({ clientCores: 0.9 }), 'note'],
  ['client', 'saturated', host({ clientCores: 0.91 }), 'suspect'],
  ['client', 'not to be seen', host({ clientCores: null }), 'unknown'],

  ['memory', 'enough', good, 'pass'],
  ['memory', 'stalled for a thousandth', host({ memoryStallShare: 0.001 }), 'pass'],
  ['memory', 'stalled for more', host({ memoryStallShare: 0.002 }), 'note'],
  ['memory', 'stalled for a hundredth', host({ memoryStallShare: 0.01 }), 'note'],
  ['memory', 'stalled for more than that', host({ memoryStallShare: 0.011 }), 'suspect'],
  ['memory', 'stalled for a tenth', host({ memoryStallShare: 0.1 }), 'suspect'],
  ['memory', 'stalled for more than a tenth', host({ memoryStallShare: 0.11 }), 'invalid'],
  ['memory', 'a page swapped', host({ swappedPages: 1 }), 'note'],
  ['memory', '1 MiB swapped', host({ swappedPages: 256 }), 'note'],
  ['memory', 'more swapped', host({ swappedPages: 257 }), 'suspect'],
  ['memory', '300 MiB left', host({ memoryAvailableBytes: 300 * MIB }), 'pass'],
  ['memory', 'less left', host({ memoryAvailableBytes: 299 * MIB }), 'note'],
  ['memory', '150 MiB left', host({ memoryAvailableBytes: 150 * MIB }), 'note'],
  ['memory', 'less than that left', host({ memoryAvailableBytes: 149 * MIB }), 'suspect'],
  ['memory', 'one figure missing', host({ memoryStallShare: null }), 'pass'],
  ['memory', 'nothing told', host({ memoryStallShare: null, swappedPages: null, memoryAvailableBytes: null }), 'unknown'],

  ['inspected', 'never', good, 'pass'],
  ['inspected', 'once', { ...good, observedAtMs: [1234] }, 'suspect'],
  ['inspected', 'watched, not chosen', { ...good, observations: [WATCHED] }, 'suspect'],
  ['inspected', 'watched, as chosen', observing({ bpfStatistics: true }, [WATCHED]), 'note'],
  ['inspected', 'traced, as chosen', observing({ trace: true }, [TRACED]), 'note'],
  ['inspected', 'watched where traces were chosen', observing({ trace: true }, [TRACED, WATCHED]), 'suspect'],
  [
    'inspected',
    'sampled though watching was chosen',
    { ...observing({ bpfStatistics: true }, [WATCHED]), observedAtMs: [1] },
    'suspect',
  ],

  ['watched', 'by nobody', good, 'pass'],
  ['watched', 'by one', host({ viewers: 1 }), 'note'],
  ['watched', 'unknown', { ...good, conditions: null }, 'unknown'],
];

describe('the gates', () => {
  it('are all there, in their order, with a value and a sentence each', () => {
    for (const view of [good, { ...good, conditions: null, proof: null, host: null, latency: null }]) {
      const { gates } = judgeRun(view, []);
      expect(gates.map(({ id }) => id)).toEqual([...GATE_IDS]);
      for (const { title, value, detail } of gates)
        expect([title, value, detail].every((words) => words.length > 2)).toBe(true);
    }
  });

  it('pass altogether on a good run', () => {
    const validity = judgeRun(good, settled);
    expect(validity.gates.filter(({ state }) => state !== 'pass')).toEqual([]);
    expect(validity.verdict).toBe('valid');
  });

  it.each(table)('%s, %s', (id, _case, view, state) => {
    expect(gateOf(id, view).state).toBe(state);
  });

  it('say what to do wherever they condemn', () => {
    const condemning = table.filter(([, , , state]) => state === 'suspect' || state === 'invalid');
    const mute = condemning.filter(([id, , view]) => gateOf(id, view).remedy === null).map(([id, words]) => `${id} ${words}`);
    // Why there is no proof cannot be known, and what to do about a clock depends on whether there is a governor.
    expect(mute).toEqual(['offload no proof of a claim', 'frequency moved by more', 'frequency moved up']);
  });

  it('decide by the worst: suspect over notes, invalid over suspect, unknown never', () => {
    expect(judgeRun(host({ viewers: 2, mhz: null, outsideCores: null }), settled).verdict).toBe('valid');
    expect(judgeRun(host({ outsideCores: 0.3 }), settled).verdict).toBe('suspect');
    const condemned = judgeRun({ ...host({ outsideCores: 0.3 }), state: 'failed' }, settled);
    expect(condemned.verdict).toBe('invalid');
    expect(decidingGate(condemned)?.id).toBe('finished');
  });
});

describe('a gate says', () => {
  it('how a run ended, and why', () => {
    const error = {
      code: 'no_progress',
      message: 'no progress: leader replica1 silent.',
      remedy: 'Look.',
      service: null,
      lastLines: [],
    };
    expect(gateOf('finished', { ...good, state: 'failed', error })).toMatchObject({
      value: 'failed',
      detail: 'It failed in phase measuring: no progress: leader replica1 silent.',
      remedy: 'Look.',
    });
  });

  it('who died, with what exit code, and whether it led', () => {
    const deaths = [
      { service: 'replica1', exitCode: 137, at: 5, led: true },
      { service: 'replica3', exitCode: null, at: 6, led: false },
    ];
    expect(gateOf('leader', { ...good, deaths })).toMatchObject({
      value: 'replica1 ended, replica3 ended',
      detail: 'replica1 ended with exit code 137 while it led; replica3 ended with exit code unknown, a follower.',
    });
  });

  it('that the leader changed when copies were counted for every replica', () => {
    const evidence = exampleEvidence(5, 'cloned');
    const second = { view: 1, leader: 2, leaderIncarnation: 72 };
    const replicas = evidence.replicas.map((replica) => {
      const own =
        replica.id === 2 ? { ...leaderCounters(5, 'cloned', 50), frames: [0, 50, 0, 50, 50, 50] } : followerCounters(50);
      return { ...replica, counters: [...(replica.counters ?? []), { ...own, ...second }] };
    });
    const proof = judgeProof(good.config.variant, { ...evidence, replicas });
    expect(gateOf('leader', { ...good, proof })).toMatchObject({
      state: 'invalid',
      detail: 'more than one replica led inside the measured window.',
    });
  });

  it('who looked in, for how long, and whether that was chosen', () => {
    const statistics: Observation = { kind: 'bpf_statistics', fromMs: 250, toMs: null };
    expect(gateOf('inspected', { ...good, observations: [WATCHED, statistics] })).toMatchObject({
      value: 'watcher, statistics',
      detail:
        'The eBPF watcher looked twice a second for 1.5 s of the measured window. The kernel counted every program run for 1.8 s of the measured window.',
    });
    expect(gateOf('inspected', observing({ bpfStatistics: true }, [WATCHED])).detail).toBe(
      'The eBPF watcher looked twice a second for 1.5 s of the measured window, as chosen at launch.',
    );
  });

  it('which process took the host, how much, and what the run itself took', () => {
    const busy = host({ outsideCores: 1.1, outside: [{ pid: 4711, command: 'node', cores: 0.97 }] });
    expect(gateOf('host_busy', busy)).toMatchObject({
      value: '1.10 cores',
      detail: 'node pid 4711 took 0.97 of a core. Of 8 cores the run took 1.20, the lab 0.10, the engine 0.03.',
    });
    expect(gateOf('host_busy', host({ outsideCores: 0.4 })).detail).toContain(
      'too short-lived to be named took 0.40 of a core',
    );
  });

  it('why nothing is known of the host', () => {
    const blind = host({ outsideCores: null, clientCores: null, problem: 'No process is to be seen.' });
    expect(gateOf('host_busy', blind).detail).toBe('No process is to be seen.');
    expect(gateOf('client', { ...good, conditions: null }).detail).toBe('The measured window never closed.');
    expect(gateOf('client', { ...good, conditions: null, phases: [] }).detail).toBe('The run never measured.');
  });

  it('who shares a core, and how to end it where there are enough', () => {
    const shared = { replica1: '0', client: '0', replica2: '1', replica3: '1', replica4: '1-7', replica5: '1' };
    expect(gateOf('shared_cores', pinned(shared))).toMatchObject({
      value: '6 containers on 8 cores',
      detail: 'Core 0: replica1, client. Core 1: replica2, replica3, replica5. Cores 1-7: replica4.',
      remedy: 'Choose the placement own_core.',
    });
    expect(gateOf('shared_cores', { ...pinned({}), host: { ...HOST, cores: 2 } })).toMatchObject({
      detail: 'Any core: replica1, replica2, replica3, replica4, replica5, client.',
      remedy: null,
    });
  });

  it('the command that sets the governor', () => {
    const gate = gateOf('frequency', { ...good, host: { ...HOST, governor: 'powersave' } });
    expect(gate.remedy).toContain('scaling_governor');
  });
});

describe('the warm-up', () => {
  /** Intervals whose median is 200 us but for the first ones. */
  const series = (length: number, first: number, ns: number) =>
    Array.from({ length }, (_, index) => exampleInterval(index, [(index < first ? ns : 200_000) + (index % 5) * 100]));

  it.each([
    ['9 intervals', series(9, 3, 300_000), 'note'],
    ['10 intervals without a change', series(10, 0, 0), 'pass'],
    ['a third slower by half', series(30, 10, 300_000), 'suspect'],
    ['a quarter faster by half', series(32, 8, 100_000), 'suspect'],
    ['slower until behind the first third', series(30, 11, 300_000), 'pass'],
    ['slower by 9 %', series(30, 10, 220_000), 'pass'],
    ['slower by 12 %', series(30, 10, 228_000), 'suspect'],
    ['one stall at the begin', series(30, 1, 900_000), 'pass'],
    ['nothing', [], 'unknown'],
  ] as const)('%s', (_case, intervals, state) => {
    expect(gateOf('warmup', good, [...intervals]).state).toBe(state);
  });

  it('is told by the measured intervals alone, without the last remnant', () => {
    const before = Array.from({ length: 10 }, (_, index) => exampleInterval(index, [900_000], 'warmup'));
    const remnant = { ...exampleInterval(9, [5_000_000]), durationUs: 900 };
    expect(gateOf('warmup', good, [...before, ...series(9, 0, 0), remnant])).toMatchObject({
      state: 'note',
      value: '9 intervals',
    });
  });

  it('is a note where something was done to the cluster', () => {
    expect(gateOf('warmup', faulty({}), series(30, 10, 300_000)).state).toBe('note');
  });

  it('says when, how far and how certain', () => {
    const { detail } = gateOf('warmup', good, series(30, 10, 300_000));
    expect(detail).toMatch(/^After 10 of 30 intervals the median fell by 33\.\d+ % \(Pettitt's test, p 0\.\d{4}\)\.$/);
  });
});
