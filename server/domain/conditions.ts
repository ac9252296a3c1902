/** What the host did while a run measured: from the begin of the measured window to its end. CPU in cores: 1 = one core. */
export type RunConditions = {
  windowMs: number;
  cores: number;
  /** All containers of the run. Null here and below: could not be read. */
  runCores: number | null;
  /** The client's container alone. */
  clientCores: number | null;
  /** The lab's own process and its children. */
  labCores: number | null;
  /** dockerd, containerd and their shims. */
  engineCores: number | null;
  /** Everything else that was busy: total less run, lab, engine and kernel threads. Never below 0. */
  outsideCores: number | null;
  /** Who that was, most first, at most three. */
  outside: { pid: number; command: string; cores: number }[];
  /** Time that the hypervisor gave to somebody else. */
  stealCores: number | null;
  /** Mean clock of all cores at begin and end; null where the kernel does not tell, as in most virtual machines. */
  mhz: { begin: number; end: number } | null;
  memoryAvailableBytes: number | null;
  /** Share of the window in which some process waited for memory (PSI `some`). */
  memoryStallShare: number | null;
  swappedPages: number | null;
  /** Most browsers that watched this run at one time inside the window. */
  viewers: number;
  /** Why figures are missing; null if none is. */
  problem: string | null;
};

/** A replica that ended although nobody meant it to. */
export type ReplicaDeath = {
  service: string;
  exitCode: number | null;
  /** Milliseconds since the Unix epoch. */
  at: number;
  /** It led when it ended, as far as the lab knew. */
  led: boolean;
};
