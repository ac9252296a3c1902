/** Facts about the machine, recorded with every run. */
export type HostFacts = {
  kernel: string;
  cpuModel: string;
  cores: number;
  memoryBytes: number;
  engine: string;
  compose: string;
  storageDriver: string;
  /** cpufreq governor of CPU 0; null where the kernel has none. */
  governor: string | null;
  /** One-minute load average at launch. */
  load1: number;
  btf: boolean;
  bpfStats: boolean | null;
  os: string;
};

/** One line of the machine's readiness. */
export type ReadinessCheck = {
  id: 'engine' | 'compose' | 'kernel' | 'btf' | 'image' | 'cpu' | 'disk' | 'bpf_stats';
  title: string;
  state: 'pass' | 'note' | 'fail';
  /** The value: `20.10.24`, `2 cores`. */
  value: string;
  detail: string;
  /** A command that mends it, to be copied. */
  command: string | null;
};

export type Readiness = { checkedAt: number; canLaunch: boolean; checks: ReadinessCheck[] };
