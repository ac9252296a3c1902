/** eBPF as seen from one container: what bpftool says, and what of it belongs to this replica. */
export type BpfProgram = {
  id: number;
  type: string;
  name: string;
  tag: string;
  gplCompatible: boolean;
  /** Seconds since the Unix epoch. */
  loadedAt: number | null;
  uid: number | null;
  bytesXlated: number | null;
  jited: boolean;
  bytesJited: number | null;
  bytesMemlock: number | null;
  mapIds: number[];
  btfId: number | null;
  /** Processes that hold it, seen from the container's PID namespace. */
  pids: { pid: number; comm: string }[];
  runCnt: number | null;
  runTimeNs: number | null;
  /** replica: attached in this container's network namespace or held by its processes; host: everything else. */
  owner: 'replica' | 'host';
  /** The rule that decided: `attached at eth0 clsact/egress`, `held by pid 1 (replica)`. */
  ownerReason: string;
};

export type BpfAttachment = {
  /** `tc`, `xdp`, `tcx`, ... */
  kind: string;
  ifname: string;
  ifindex: number | null;
  /** `clsact/egress` and the like. */
  hook: string;
  programId: number | null;
  programName: string;
  priority: number | null;
  handle: string | null;
};

export type BpfSample = {
  replica: string;
  /** Milliseconds since the Unix epoch. */
  takenAt: number;
  /** before_warmup and after_measuring belong to every run; on_demand was asked for. */
  moment: 'before_warmup' | 'after_measuring' | 'on_demand';
  /** True if it was taken inside the measured window. */
  insideWindow: boolean;
  /** `bpftool prog show` exactly as the tool printed it. */
  verbatim: string;
  programs: BpfProgram[];
  attachments: BpfAttachment[];
  /** Set instead of programs when the container has no bpftool or refuses; the words of the failure. */
  problem: string | null;
};
