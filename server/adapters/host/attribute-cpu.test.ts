import { describe, expect, it } from 'vitest';
import { attributeCpu, totalTicks } from './attribute-cpu';
import type { ProcessRow } from './process-table';

const LEADER = 'a'.repeat(64);
const CLIENT = 'b'.repeat(64);
const OTHER = 'c'.repeat(64);
const services = new Map([
  [LEADER, 'replica1'],
  [CLIENT, 'client'],
]);
const LAB = 300;

const row = (pid: number, parent: number, name: string, changes: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  parent,
  name,
  startedAt: pid,
  ownTicks: 0,
  childTicks: 0,
  container: null,
  ...changes,
});

/** A machine with an engine, one run of two containers, and the lab under npm under a shell. */
const MACHINE = [
  row(1, 0, 'systemd'),
  row(2, 0, 'kthreadd'),
  row(20, 2, 'ksoftirqd/0'),
  row(50, 1, 'dockerd'),
  row(51, 50, 'containerd'),
  row(100, 1, 'containerd-shim'),
  row(101, 100, 'replica', { container: LEADER }),
  row(110, 1, 'containerd-shim'),
  row(111, 110, 'client', { container: CLIENT }),
  row(200, 1, 'bash'),
  row(201, 200, 'npm run lab'),
  row(LAB, 201, 'node'),
  row(301, LAB, 'docker'),
  row(400, 1, 'sshd'),
];

const tableOf = (rows: ProcessRow[]) => new Map(rows.map((each) => [each.pid, each]));

/** What the window attributes to whom, given the processes that spent time (by pid), came, or went. */
function attribute(
  spent: Record<number, Partial<ProcessRow>>,
  {
    came = [],
    gone = [],
    before = {},
  }: { came?: ProcessRow[]; gone?: number[]; before?: Record<number, Partial<ProcessRow>> } = {},
) {
  const begin = MACHINE.map((each) => ({ ...each, ...before[each.pid] }));
  const end = [...begin.filter(({ pid }) => !gone.includes(pid)).map((each) => ({ ...each, ...spent[each.pid] })), ...came];
  const shares = attributeCpu(tableOf(begin), tableOf(end), { services, ownPid: LAB });
  return {
    services: Object.fromEntries([...shares.services].filter(([, ticks]) => ticks > 0)),
    lab: shares.lab,
    engine: shares.engine,
    kernel: shares.kernel,
    outside: shares.outside.map(({ process, ticks }) => `${process.name} ${ticks}`),
    total: totalTicks(shares),
  };
}

const NOTHING = { services: {}, lab: 0, engine: 0, kernel: 0, outside: [], total: 0 };

describe('CPU time', () => {
  it('goes to the run, the lab with its line of parents and its children, the engine, the kernel, and whoever is left', () => {
    const own = (ownTicks: number) => ({ ownTicks });
    expect(
      attribute({
        101: own(46),
        111: own(17),
        [LAB]: own(9),
        201: own(1),
        301: own(2),
        51: own(3),
        100: own(1),
        20: own(4),
        400: own(5),
      }),
    ).toEqual({
      services: { replica1: 46, client: 17 },
      lab: 12,
      engine: 4,
      kernel: 4,
      outside: ['sshd 5'],
      total: 88,
    });
  });

  it('is what was spent since the begin', () => {
    expect(attribute({ 400: { ownTicks: 130 } }, { before: { 400: { ownTicks: 100 } } })).toMatchObject({
      outside: ['sshd 30'],
    });
    expect(attribute({}, { before: { 400: { ownTicks: 100 } } })).toEqual(NOTHING);
  });

  it('of another container is outside, even of one that calls itself runc', () => {
    const came = [row(500, 1, 'runc', { container: OTHER, ownTicks: 70 })];
    expect(attribute({}, { came })).toMatchObject({ outside: ['runc 70'], engine: 0 });
  });

  it('of processes that came and went is seen through who waited for them', () => {
    expect(attribute({ 200: { childTicks: 90 } })).toMatchObject({ outside: ['bash 90'], lab: 0 });
    expect(attribute({ [LAB]: { childTicks: 8 } })).toMatchObject({ lab: 8, outside: [] });
  });

  it('of a process that ended counts from the begin of the window alone', () => {
    const before = { 400: { ownTicks: 1000, childTicks: 50 } };
    expect(attribute({ 1: { childTicks: 1057 } }, { gone: [400], before })).toMatchObject({ outside: ['systemd 7'] });
  });

  it('of a later process with the same number is its own', () => {
    const before = { 400: { ownTicks: 1000 } };
    const came = [row(400, 1, 'cron', { startedAt: 9000, ownTicks: 6 })];
    expect(attribute({ 1: { childTicks: 1000 } }, { gone: [400], before, came })).toMatchObject({ outside: ['cron 6'] });
  });

  it("of a container whose process has ended is still the container's, through its shim", () => {
    const before = { 111: { ownTicks: 30 } };
    expect(attribute({ 110: { childTicks: 62 } }, { gone: [111], before })).toEqual({
      ...NOTHING,
      services: { client: 32 },
      total: 32,
    });
  });

  it("of a container whose shim is gone as well is nobody else's", () => {
    const before = { 111: { ownTicks: 30 }, 110: { ownTicks: 2 } };
    const shares = attribute({ 1: { childTicks: 70 } }, { gone: [110, 111], before });
    expect(shares).toMatchObject({ engine: 38, outside: [] });
  });

  it("of a program executed inside a replica is the run's", () => {
    expect(attribute({}, { came: [row(600, 100, 'bpftool', { container: LEADER, ownTicks: 2 })] })).toMatchObject({
      services: { replica1: 2 },
    });
  });

  it("of the watcher beside the run's containers is the lab's, with what runs in it and what its shim waited for", () => {
    const watcher = [
      row(800, 1, 'containerd-shim', { childTicks: 3 }),
      row(801, 800, 'bpfwatch', { container: OTHER, ownTicks: 5 }),
      row(802, 800, 'bpftool', { container: OTHER, ownTicks: 2 }),
    ];
    expect(attribute({}, { came: watcher })).toMatchObject({ lab: 10, outside: [], engine: 0 });
    const inReplica = [row(810, 100, 'bpfwatch', { container: LEADER, ownTicks: 4 })];
    expect(attribute({}, { came: inReplica })).toMatchObject({ lab: 0, services: { replica1: 4 } });
  });

  it('is listed with the greatest first', () => {
    const came = [row(700, 1, 'small', { ownTicks: 3 }), row(701, 1, 'large', { ownTicks: 80, childTicks: 5 })];
    expect(attribute({ 400: { ownTicks: 9 } }, { came }).outside).toEqual(['large 85', 'sshd 9', 'small 3']);
  });
});
