import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcHostMonitor } from './host-monitor';

const LEADER = 'a'.repeat(64);
const CLIENT = 'b'.repeat(64);
const KERNEL = '6.1.0-18-amd64';
const LAB = 300;
const run = {
  containers: new Map([
    ['replica1', LEADER],
    ['client', CLIENT],
  ]),
  clientService: 'client',
  engineKernel: KERNEL,
};

let root = '';
let nowMs = 0;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'electrode-lab-host-'));
  nowMs = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** CPU time in ticks of 10 ms: of the machine, and by pid. */
function record({ idle, steal = 0, ticks = {} }: { idle: number; steal?: number; ticks?: Record<number, number> }): void {
  const half = (value: number) => Math.floor(value / 2);
  write(
    'proc/stat',
    `cpu  900 3 500 ${idle} 0 0 40 ${steal} 0 0\ncpu0 450 1 250 ${half(idle)} 0 0 20 ${half(steal)} 0 0\ncpu1 450 2 250 ${half(idle)} 0 0 20 ${half(steal)} 0 0\nintr 1\n`,
  );
  const processes: [number, number, string, string][] = [
    [1, 0, 'systemd', '0::/init.scope'],
    [2, 0, 'kthreadd', '0::/'],
    [101, 1, 'replica', `0::/system.slice/docker-${LEADER}.scope`],
    [111, 1, 'client', `0::/system.slice/docker-${CLIENT}.scope`],
    [LAB, 1, 'node', '0::/user.slice'],
    [50, 1, 'dockerd', '0::/system.slice/docker.service'],
    [400, 1, 'MainThread', '0::/user.slice'],
  ];
  for (const [pid, parent, name, cgroup] of processes) {
    write(`proc/${pid}/stat`, `${pid} (${name}) S ${parent} 1 1 0 -1 0 0 0 0 0 ${ticks[pid] ?? 0} 0 0 0 20 0 1 0 7 0 0`);
    write(`proc/${pid}/cgroup`, `${cgroup}\n`);
  }
  write('proc/400/cmdline', '/usr/bin/node\0-e\0for (;;);\0');
  write('proc/sys/kernel/osrelease', `${KERNEL}\n`);
}

function recordMemory({ stalledUs, swapped }: { stalledUs: number; swapped: number }): void {
  write(
    'proc/pressure/memory',
    `some avg10=0.00 avg60=0.00 avg300=0.00 total=${stalledUs}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=9\n`,
  );
  write('proc/vmstat', `nr_free_pages 5\npswpin ${swapped}\npswpout 10\npgfault 4\n`);
  write('proc/meminfo', 'MemTotal:       16000000 kB\nMemFree:  100 kB\nMemAvailable:    2048000 kB\n');
}

/** The conditions of a window between two recordings. */
async function observe(options: { begin: () => void; end: () => void; windowMs?: number; engineKernel?: string | null }) {
  const monitor = new ProcHostMonitor({ proc: join(root, 'proc'), sys: join(root, 'sys'), ownPid: LAB, now: () => nowMs });
  options.begin();
  const observation = await monitor.begin();
  options.end();
  nowMs += options.windowMs ?? 2000;
  return observation.end({ ...run, ...('engineKernel' in options ? { engineKernel: options.engineKernel ?? null } : {}) });
}

/** Two seconds on two cores are 400 ticks. */
const quiet = {
  begin: () => record({ idle: 1000 }),
  end: () => record({ idle: 1200, ticks: { 101: 100, 111: 60, [LAB]: 16, 50: 4 } }),
};

describe('the conditions of a window', () => {
  it('tell what run, client, lab and engine took, in cores', async () => {
    const conditions = await observe(quiet);
    expect(conditions).toMatchObject({ windowMs: 2000, cores: 2, problem: null, stealCores: 0 });
    expect(conditions.runCores).toBeCloseTo(0.8, 9);
    expect(conditions.clientCores).toBeCloseTo(0.3, 9);
    expect(conditions.labCores).toBeCloseTo(0.08, 9);
    expect(conditions.engineCores).toBeCloseTo(0.02, 9);
  });

  it('call nobody outside where interrupts and rounding explain what is left: 20 of 200 ticks', async () => {
    expect(await observe(quiet)).toMatchObject({ outsideCores: 0, outside: [] });
  });

  it('name who took time outside, without arguments', async () => {
    const end = () => record({ idle: 1000, ticks: { 101: 100, 111: 60, 400: 194, 1: 1 } });
    const { outsideCores, outside } = await observe({ ...quiet, end });
    expect(outsideCores).toBeCloseTo(0.975, 9);
    expect(outside).toEqual([{ pid: 400, command: 'node', cores: 0.97 }]);
  });

  it('count what no process is charged with, once it is more than interrupts can be', async () => {
    // 400 ticks busy, 160 of them known: 400 x 0.88 - 160 are left.
    const end = () => record({ idle: 1000, ticks: { 101: 100, 111: 60 } });
    const { outsideCores, outside } = await observe({ ...quiet, end });
    expect(outsideCores).toBeCloseTo(1.92 / 2, 9);
    expect(outside).toEqual([]);
  });

  it('tell stolen time apart from busy time', async () => {
    const end = () => record({ idle: 1100, steal: 100, ticks: { 101: 120, 111: 70 } });
    expect(await observe({ ...quiet, end })).toMatchObject({ stealCores: 0.5, outsideCores: 0 });
  });

  it('tell memory: what is left, who waited for how long, what was swapped', async () => {
    const begin = () => {
      quiet.begin();
      recordMemory({ stalledUs: 5000, swapped: 100 });
    };
    const end = () => {
      quiet.end();
      recordMemory({ stalledUs: 105_000, swapped: 130 });
    };
    expect(await observe({ begin, end })).toMatchObject({
      memoryAvailableBytes: 2_048_000 * 1024,
      memoryStallShare: 0.05,
      swappedPages: 30,
    });
  });

  it('leave open what this kernel does not tell', async () => {
    expect(await observe(quiet)).toMatchObject({
      mhz: null,
      memoryAvailableBytes: null,
      memoryStallShare: null,
      swappedPages: null,
      problem: null,
    });
  });
});

describe('the clock', () => {
  const cpuinfo = (mhz: number, flags: string) =>
    `processor : 0\ncpu MHz\t\t: ${mhz}\nflags\t\t: fpu ${flags}\n\nprocessor : 1\ncpu MHz\t\t: ${mhz + 100}\nflags\t\t: fpu ${flags}\n`;
  const clock = (first: () => void, second: () => void) =>
    observe({
      begin: () => [quiet.begin(), first()],
      end: () => [quiet.end(), second()],
    });

  it("is cpufreq's word, as the mean of all cores", async () => {
    const scale = (core: number, kilohertz: number) =>
      write(`sys/devices/system/cpu/cpu${core}/cpufreq/scaling_cur_freq`, `${kilohertz}\n`);
    const { mhz } = await clock(
      () => [scale(0, 3_000_000), scale(1, 3_400_000)],
      () => scale(1, 2_400_000),
    );
    expect(mhz).toEqual({ begin: 3200, end: 2700 });
  });

  it("is else /proc/cpuinfo's", async () => {
    const { mhz } = await clock(
      () => write('proc/cpuinfo', cpuinfo(2500, 'aperfmperf')),
      () => write('proc/cpuinfo', cpuinfo(2600, 'aperfmperf')),
    );
    expect(mhz).toEqual({ begin: 2550, end: 2650 });
  });

  it('is unknown in a virtual machine, whose cpuinfo never moves', async () => {
    const write2596 = () => write('proc/cpuinfo', cpuinfo(2596.12, 'hypervisor'));
    expect((await clock(write2596, write2596)).mhz).toBeNull();
  });
});

describe('what cannot be told', () => {
  const unknown = { runCores: null, clientCores: null, labCores: null, engineCores: null, outsideCores: null, outside: [] };

  it('is said where no container of the run is to be seen, and the machine is told all the same', async () => {
    const hide = (step: () => void) => () => {
      step();
      for (const pid of [101, 111]) rmSync(join(root, `proc/${pid}`), { recursive: true, force: true });
      recordMemory({ stalledUs: 0, swapped: 0 });
    };
    const conditions = await observe({ begin: hide(quiet.begin), end: hide(quiet.end) });
    expect(conditions).toMatchObject({ ...unknown, stealCores: 0, swappedPages: 0, memoryAvailableBytes: 2_048_000 * 1024 });
    expect(conditions.problem).toMatch(/^No process of the run's containers is to be seen/);
  });

  it('is everything where the engine runs on another machine', async () => {
    const conditions = await observe({ ...quiet, engineKernel: '5.15.0-other' });
    expect(conditions).toMatchObject({ ...unknown, stealCores: null, memoryAvailableBytes: null });
    expect(conditions.problem).toContain('its kernel is 5.15.0-other, this one 6.1.0-18-amd64');
  });

  it('is the CPU of a window of a few ticks', async () => {
    const conditions = await observe({ ...quiet, windowMs: 99 });
    expect(conditions).toMatchObject(unknown);
    expect(conditions.problem).toContain('99 ms is too short');
    expect((await observe({ ...quiet, windowMs: 100 })).problem).toBeNull();
  });

  it('is everything on a system without /proc', async () => {
    const nowhere = () => undefined;
    const conditions = await observe({ begin: nowhere, end: nowhere });
    expect(conditions).toMatchObject({ ...unknown, stealCores: null });
    expect(conditions.problem).toMatch(/^The host cannot be read: ENOENT/);
  });
});
