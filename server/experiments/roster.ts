/** Folds what replicas report about themselves into the roster that every screen shows. */
import type { MechanismVerdict } from '../domain/proof';
import type { ReplicaState, RunConfig } from '../domain/run';
import type { LabEventOf } from '../telemetry/events';

type Status = LabEventOf<'status'>;

/** CPU share is taken over this long. */
const SHARE_WINDOW_US = 1_000_000;

export class Roster {
  readonly #names: Map<number, string>;
  readonly #cpu = new Map<string, { tUs: number; cpuNs: number }[]>();
  /** The leader's first status of the measured window; totals before it hold the start-up's unaddressed copies. */
  #base: Status | null = null;
  #offload: MechanismVerdict | null = null;

  constructor(config: Pick<RunConfig, 'replicas'>) {
    this.#names = new Map(config.replicas.map(({ id, service }) => [id, service]));
  }

  get offloadSoFar(): MechanismVerdict | null {
    return this.#offload;
  }

  /** The roster after one status line. */
  fold(replicas: ReplicaState[], status: Status): ReplicaState[] {
    const leads = status.role === 'leader';
    if (leads) this.#judge(status);
    return replicas.map((replica) =>
      replica.name === status.src
        ? {
            ...replica,
            role: leads ? 'leader' : 'follower',
            view: status.view,
            op: status.op,
            commit: status.commit,
            logHash: status.hash,
            broadcasts: status.broadcasts,
            sent: status.sent,
            frames: leads ? this.#framesByName(status) : {},
            receipts: status.receipts,
            resends: status.resends,
            drops: status.drops,
            cpuNs: status.cpuNs,
            cpuShare: this.#cpuShare(status),
            rssBytes: status.rssBytes,
            lastSeenAt: Math.round(status.tUs / 1000),
          }
        : replica,
    );
  }

  #framesByName(status: Status): Record<string, number> {
    const frames: Record<string, number> = {};
    for (const [id, name] of this.#names) {
      const count = status.frames[id];
      if (count !== undefined && name !== status.src) frames[name] = count;
    }
    return frames;
  }

  #cpuShare(status: Status): number | null {
    const history = this.#cpu.get(status.src) ?? [];
    history.push({ tUs: status.tUs, cpuNs: status.cpuNs });
    while (history.length > 2 && status.tUs - (history[1]?.tUs ?? 0) >= SHARE_WINDOW_US) history.shift();
    this.#cpu.set(status.src, history);
    const first = history[0];
    if (first === undefined || first.tUs >= status.tUs || first.cpuNs > status.cpuNs) return null;
    return (status.cpuNs - first.cpuNs) / 1000 / (status.tUs - first.tUs);
  }

  /** Live verdict by the rule of the proof, over what the leader counted since the measured window began. */
  #judge(status: Status): void {
    if (status.window !== 1) return;
    if (this.#base === null || this.#base.src !== status.src || this.#base.view !== status.view) {
      this.#base = status;
      return;
    }
    const base = this.#base;
    const broadcasts = status.broadcasts - base.broadcasts;
    if (broadcasts <= 0) return;
    const sent = status.sent - base.sent;
    const followers = [...this.#names].filter(([, name]) => name !== status.src).map(([id]) => id);
    const frames = followers.map((id) => (status.frames[id] ?? 0) - (base.frames[id] ?? 0));
    this.#offload = verdictOf(broadcasts, sent, frames);
  }
}

function verdictOf(broadcasts: number, sent: number, frames: number[]): MechanismVerdict {
  if (frames.some((count) => count < broadcasts)) return 'broken';
  if (sent === broadcasts && frames.every((count) => count === broadcasts)) return 'offloaded';
  return sent === broadcasts * frames.length ? 'not_offloaded' : 'mixed';
}
