/** What a run does about its own observation, chosen at launch. */
export type Observe = {
  /** Kernel run statistics of eBPF programs over the whole run, the measured window among it; about 20 ns per program run. */
  bpfStatistics: boolean;
  /** Traces sampled operations over the whole run. */
  trace: boolean;
};

export const OBSERVE_NOTHING: Observe = { bpfStatistics: false, trace: false };

/**
 * Something that looked into the cluster inside the measured window, in milliseconds since its begin; toMs is null while it
 * goes on. bpf_watch: the watcher container read programs and maps; bpf_statistics: the kernel counted runs and their time;
 * trace: replicas and client wrote down sampled operations.
 */
export type Observation = { kind: 'bpf_watch' | 'bpf_statistics' | 'trace'; fromMs: number; toMs: number | null };
