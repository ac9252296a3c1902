import { readFileSync } from 'node:fs';

/** USER_HZ: what /proc counts in, whatever the kernel's own tick is. */
export const TICKS_PER_S = 100;

/** Added up over all cores since boot, in ticks of 10 ms. */
export type CpuTimes = { atMs: number; cores: number; idleTicks: number; stealTicks: number };

/** Nulls are what this kernel does not tell. */
export type MachineState = {
  mhz: number | null;
  memoryAvailableBytes: number | null;
  /** Time in which some process waited for memory, microseconds since boot. */
  stalledUs: number | null;
  /** Pages in and out since boot. */
  swappedPages: number | null;
};

/** atMs: now, on any clock that only goes forward. Idle time is exact on a kernel that stops its tick when idle; user and system time are samples, so busy is what is not idle. */
export function readCpuTimes(proc: string, atMs: number): CpuTimes {
  const lines = readFileSync(`${proc}/stat`, 'latin1').split('\n');
  const [, , , idle = 0, waiting = 0, , , steal = 0] = (lines[0] ?? '').trim().split(/\s+/).slice(1).map(Number);
  const cores = lines.filter((line) => /^cpu\d/.test(line)).length;
  return { atMs, cores, idleTicks: idle + waiting, stealTicks: steal };
}

export function readMachineState(proc: string, sys: string, cores: number): MachineState {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(readIfThere(`${proc}/meminfo`))?.[1];
  const stalled = /^some .*total=(\d+)/m.exec(readIfThere(`${proc}/pressure/memory`))?.[1];
  const pages = [...readIfThere(`${proc}/vmstat`).matchAll(/^pswp(?:in|out) (\d+)$/gm)].map((match) => Number(match[1]));
  return {
    mhz: readMhz(proc, sys, cores),
    memoryAvailableBytes: available === undefined ? null : Number(available) * 1024,
    stalledUs: stalled === undefined ? null : Number(stalled),
    swappedPages: pages.length === 0 ? null : pages.reduce((sum, value) => sum + value, 0),
  };
}

/**
 * Mean of all cores: cpufreq's word, else /proc/cpuinfo's. In a virtual machine the latter is the rate of the time stamp
 * counter, which never moves and says nothing.
 */
function readMhz(proc: string, sys: string, cores: number): number | null {
  const scaled = Array.from({ length: cores }, (_, core) =>
    readIfThere(`${sys}/devices/system/cpu/cpu${core}/cpufreq/scaling_cur_freq`).trim(),
  ).filter((kilohertz) => kilohertz !== '');
  if (scaled.length > 0) return mean(scaled.map((kilohertz) => Number(kilohertz) / 1000));
  const cpuinfo = readIfThere(`${proc}/cpuinfo`);
  if (/^flags\s*:.*\bhypervisor\b/m.test(cpuinfo)) return null;
  const said = [...cpuinfo.matchAll(/^cpu MHz\s*:\s*([\d.]+)$/gm)].map((match) => Number(match[1]));
  return said.length === 0 ? null : mean(said);
}

/** Empty for a file that this kernel does not have. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
