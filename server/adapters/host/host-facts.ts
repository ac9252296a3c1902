import { readFile, stat } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import type { HostFacts } from '@/server/domain/host';

/** What /proc and /sys say of the machine this process runs on; a container sees its host's here. */
export type LocalFacts = Pick<HostFacts, 'cpuModel' | 'governor' | 'load1' | 'btf' | 'bpfStats'>;

/**
 * engineKernel: kernel release that the Engine reports. If it isn't this machine's, the Engine is elsewhere (Docker
 * Desktop's virtual machine, a remote DOCKER_HOST), and nothing read here would be true of the cluster.
 */
export async function readLocalFacts(engineKernel: string): Promise<LocalFacts> {
  if (engineKernel !== release()) {
    return {
      cpuModel: 'unknown: the engine is on another machine',
      governor: null,
      load1: loadavg()[0] ?? 0,
      btf: false,
      bpfStats: null,
    };
  }
  const [cpuinfo, governor, bpfStats] = await Promise.all([
    readIfThere('/proc/cpuinfo'),
    readIfThere('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    readIfThere('/proc/sys/kernel/bpf_stats_enabled'),
  ]);
  return {
    cpuModel: cpuModelOf(cpuinfo ?? '') ?? cpus()[0]?.model ?? 'unknown',
    governor: governor?.trim() ?? null,
    load1: loadavg()[0] ?? 0,
    btf: await stat('/sys/kernel/btf/vmlinux').then(
      () => true,
      () => false,
    ),
    bpfStats: bpfStats === null ? null : bpfStats.trim() === '1',
  };
}

/** `model name` of x86; `Model` or `Hardware` where ARM kernels name the board alone. */
export function cpuModelOf(cpuinfo: string): string | null {
  const match = /^(?:model name|Model|Hardware)\s*:\s*(.+)$/m.exec(cpuinfo);
  return match?.[1]?.trim() ?? null;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null; // Not every kernel has the file; the fact is then unknown, which null says.
  }
}
