import { describe, expect, it } from 'vitest';
import { toWatchView, type ViewContext, viewOfSamples } from './bpf-view';
import type { BpfLook, BpfWatchView, WatchedMap } from './bpf-watch';
import { exampleContainers, exampleLook, exampleProgram, withEntry } from './example-look';
import { exampleConfig } from './example-run';

const context = (changes: Partial<ViewContext> = {}): ViewContext => ({
  config: exampleConfig({ size: 3 }),
  containers: exampleContainers,
  everyMs: 500,
  heldOff: false,
  before: null,
  ...changes,
});
const view = (look: BpfLook, changes: Partial<ViewContext> = {}) => toWatchView(look, context(changes));
const secondView = (look: BpfLook, next: BpfLook, changes: Partial<ViewContext> = {}) =>
  view(next, { ...changes, before: { look, view: view(look, changes) } });

type MapOf<Kind extends WatchedMap['kind']> = Extract<WatchedMap, { kind: Kind }>;

function isOfKind<Kind extends WatchedMap['kind']>(map: WatchedMap, kind: Kind): map is MapOf<Kind> {
  return map.kind === kind;
}

function mapOf<Kind extends WatchedMap['kind']>(seen: BpfWatchView, kind: Kind, name: string): MapOf<Kind> {
  const found = seen.replicas[0]?.maps.find((map) => map.name === name);
  if (found === undefined || !isOfKind(found, kind)) throw new Error(`replica1 has no ${kind} ${name}`);
  return found;
}
const peersOf = (seen: BpfWatchView) => mapOf(seen, 'peers', 'peers').rows;

/** replica1's table, map 101: where replica3 is. */
const wrong = (change: Parameters<typeof withEntry>[3]) => withEntry(exampleLook(), 101, 3, change);

describe('programs', () => {
  it('are each of one replica or of the host, those of other clusters too', () => {
    const seen = view(exampleLook());
    expect(seen.replicas.map(({ name, programs }) => [name, ...programs.map(({ id }) => id)])).toEqual([
      ['replica1', 11],
      ['replica2', 12],
      ['replica3', 13],
    ]);
    expect(seen.replicas[0]?.programs[0]).toMatchObject({
      owner: 'replica',
      ownerReason: 'attached at eth0 clsact/egress',
      pids: [{ pid: 1, comm: 'replica' }],
    });
    expect(seen.host.map(({ id }) => id)).toEqual([5, 21]);
  });

  it('of a replica that does not run are nobody’s, and it says so', () => {
    const look = exampleLook();
    const seen = view({ ...look, replicas: look.replicas.slice(0, 2) });
    expect(seen.replicas[2]).toMatchObject({ programs: [], maps: [], problem: 'its container does not run' });
    expect(seen.host.map(({ id }) => id)).toEqual([5, 13, 21]);
  });

  it('have rates over two looks with statistics, and none over others', () => {
    const look = exampleLook();
    const counted = (runCnt: number, runTimeNs: number) =>
      look.programs.map((program) => (program.id === 11 ? { ...program, runCnt, runTimeNs } : program));
    const first = { ...look, programs: counted(100, 50_000) };
    const next = { ...look, at: look.at + 500, programs: counted(600, 300_000) };
    const rates = (seen: BpfWatchView) => {
      const [program] = seen.replicas[0]?.programs ?? [];
      return [program?.runsPerS, program?.nsPerRun, program?.cpuShare];
    };
    expect(rates(secondView(first, next))).toEqual([1000, 500, 0.0005]);
    expect(rates(secondView(first, { ...next, programs: counted(100, 50_000) }))).toEqual([0, null, 0]);
    expect(rates(secondView({ ...first, statistics: false }, next))).toEqual([null, null, null]);
    expect(rates(view(next))).toEqual([null, null, null]);
    expect(secondView(first, next).watcherCores).toBe(0.004);
  });

  it('say whether statistics are off, or only held off', () => {
    const off = exampleLook({ statistics: false });
    expect([view(exampleLook()), view(off), view(off, { heldOff: true })].map(({ statistics }) => statistics)).toEqual([
      'on',
      'off',
      'held_off',
    ]);
  });
});

describe('peers', () => {
  it('are read in network byte order beside what the engine says, without drift', () => {
    expect(peersOf(view(exampleLook()))).toEqual([
      expect.objectContaining({ key: 1, replica: 'replica1', own: true, expected: null, drift: [] }),
      expect.objectContaining({ key: 2, replica: 'replica2', own: false, drift: [] }),
      {
        key: 3,
        replica: 'replica3',
        ip: '172.28.0.4',
        port: 12345,
        mac: '02:42:ac:1c:00:04',
        valid: true,
        expected: { ip: '172.28.0.4', port: 12345, mac: '02:42:ac:1c:00:04' },
        neighbourMac: '02:42:ac:1c:00:04',
        drift: [],
        driftedSince: null,
        own: false,
      },
    ]);
  });

  it.each([
    ['a wrong MAC', { mac: [2, 66, 172, 28, 0, 99] }, ['mac']],
    ['a wrong address', { ip: 0x0900_1cac }, ['ip']],
    ['a wrong port', { port: 1 }, ['port']],
    ['everything', { ip: 1, port: 1, mac: [1, 1, 1, 1, 1, 1] }, ['ip', 'port', 'mac']],
    ['a peer that is not valid', { valid: 0, mac: [0, 0, 0, 0, 0, 0] }, ['valid']],
  ])('that say %s drift in that field', (_what, change, fields) => {
    const [, two, three] = peersOf(view(wrong(change)));
    expect(three?.drift).toEqual(fields);
    expect(three?.driftedSince).toBe(exampleLook().at);
    expect(two?.drift).toEqual([]);
  });

  it('keep the time of the first look that showed it, and lose it when it is mended', () => {
    const bad = wrong({ mac: [1, 2, 3, 4, 5, 6] });
    expect(peersOf(secondView(bad, { ...bad, at: bad.at + 500 }))[2]?.driftedSince).toBe(bad.at);
    expect(peersOf(secondView(bad, { ...exampleLook(), at: bad.at + 500 }))[2]?.driftedSince).toBeNull();
  });

  it('of containers that are gone or without a network are expected nowhere', () => {
    const [one, two] = exampleContainers;
    const containers = [one, two].flatMap((container) => (container === undefined ? [] : [container]));
    expect(peersOf(view(wrong({ ip: 1 }), { containers }))[2]).toMatchObject({ expected: null, drift: [] });
  });

  it('in a slot that no replica has are shown once somebody writes there, and drift if they are taken for one', () => {
    const filled = withEntry(exampleLook(), 101, 4, { ip: 1, valid: 1 });
    expect(peersOf(view(filled))[3]).toMatchObject({ key: 4, replica: null, drift: ['valid'] });
  });
});

describe('other maps', () => {
  it('show the settings beside what they should be', () => {
    const seen = view(withEntry(exampleLook(), 100, 0, { clone: 0, own_port: 1 }));
    const rows = mapOf(seen, 'fields', 'config').rows;
    const drift = Object.fromEntries(
      rows.filter((row) => row.drift).map(({ field, value, expected }) => [field, [value, expected]]),
    );
    expect(drift).toEqual({
      clone: ['0', '1'],
      own_port: ['256', '12345'],
      // 256 on the wire is 1 << 48 in host order; a run's id is made of its number and time.
      run_id: ['281474976710656', '1849583206400000007'],
    });
    expect(rows.map(({ field }) => field)).not.toContain('reserved');
  });

  it('name counters by their enum, and count per second', () => {
    const look = exampleLook();
    const next = { ...look, at: look.at + 500, maps: look.maps.map((map) => ({ ...map, entries: map.entries.map(bump) })) };
    expect(mapOf(secondView(look, next), 'counters', 'counters').rows).toEqual([
      { name: 'not_ours', value: 5, perS: 10 },
      { name: 'foreign_run', value: 15, perS: 10 },
    ]);
    const unnamed = { ...look, maps: look.maps.map((map) => ({ ...map, enums: {} })) };
    expect(mapOf(view(unnamed), 'counters', 'counters').rows[1]).toEqual({ name: 'counter 1', value: 10, perS: null });
  });

  it('count frames by window and follower', () => {
    expect(mapOf(view(exampleLook()), 'frames', 'frames').rows).toEqual([
      { window: 0, replica: 'replica2', value: 0, perS: null },
      { window: 1, replica: 'replica2', value: 7, perS: null },
    ]);
  });

  it('of a third party are fields, whatever they are called', () => {
    const look = exampleLook();
    const foreign = look.maps.map((map) => ({ ...map, entries: [{ key: { a: 1 }, value: { at: { mac: [1, 2] }, n: '9' } }] }));
    for (const name of ['config', 'peers', 'counters', 'frames']) {
      expect(mapOf(view({ ...look, maps: foreign }), 'fields', name).rows).toEqual([
        { key: '{"a":1}', field: 'at.mac', value: '[1,2]', expected: null, drift: false },
        { key: '{"a":1}', field: 'n', value: '9', expected: null, drift: false },
      ]);
    }
  });
});

const bump = (entry: { key: unknown; value: unknown }) =>
  typeof entry.value === 'number' ? { key: Number(entry.key), value: entry.value + 5 } : { key: 0, value: 0 };

describe('a run that is over', () => {
  it('shows the last sample of each replica', () => {
    const sample = (takenAt: number, id: number) => ({
      replica: 'replica1',
      takenAt,
      moment: 'on_demand' as const,
      insideWindow: false,
      verbatim: '',
      programs: [
        { ...exampleProgram(id), owner: 'replica' as const, ownerReason: 'held by pid 1 (replica)' },
        { ...exampleProgram(5), owner: 'host' as const, ownerReason: '' },
      ],
      attachments: [],
      problem: null,
    });
    const seen = viewOfSamples([sample(1, 11), sample(2, 12)], 500, 'r-0007 is over');
    expect(seen).toMatchObject({ at: 2, problem: 'r-0007 is over', host: [{ id: 5 }] });
    expect(seen?.replicas[0]?.programs.map(({ id }) => id)).toEqual([12]);
    expect(viewOfSamples([], 500, '')).toBeNull();
  });
});
