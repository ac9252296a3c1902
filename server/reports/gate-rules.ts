import { LITTLE } from '../domain/validity/littles-law';
import type { GateId } from '../domain/validity/validity';

/** What each gate asks, and from where on it is not passed. A test holds these words against the gates themselves. */
export type GateRule = { asks: string; suspect: string; invalid: string };

const NEVER = 'never';

export const GATE_RULES: Record<GateId, GateRule> = {
  finished: { asks: 'the run came to its end', suspect: NEVER, invalid: 'it did not' },
  offload: {
    asks: 'sends, frames and clones of the measured window are what the variant claims',
    suspect: NEVER,
    invalid: 'they are not',
  },
  delivery: {
    asks: 'every copy that left the leader was counted at its follower, where no declared fault touched either or their link',
    suspect: NEVER,
    invalid: 'one was lost',
  },
  same_log: {
    asks: "every replica committed everything, with a hash equal on all and to the client's own",
    suspect: NEVER,
    invalid: 'a hash differs, or a replica is behind',
  },
  safety: {
    asks: "live replicas hold the same acknowledged operations, and the clients' history is linearizable by key",
    suspect: NEVER,
    invalid: 'one of them is refuted',
  },
  leader: {
    asks: 'one leader while measuring, no replica ended; what a declared fault did is said',
    suspect: NEVER,
    invalid: 'another led, or one ended, without a fault',
  },
  faults: { asks: 'nothing was done to the cluster but what the plan said', suspect: 'a fault by hand', invalid: NEVER },
  outages: {
    asks: 'clients never waited 50 ms for any reply',
    suspect: 'they did, with no declared fault in the 10 s before',
    invalid: NEVER,
  },
  littles_law: {
    asks: 'clients ÷ (throughput × exact mean) is 1',
    suspect: `above ${LITTLE.suspect.toFixed(2)}`,
    invalid: `below ${LITTLE.least} or above ${LITTLE.most}`,
  },
  timeouts: { asks: 'requests were answered in time', suspect: 'one was not', invalid: 'more than 0.1 %' },
  resends: { asks: 'the leader sent nothing twice', suspect: 'once', invalid: 'more than 0.1 % of the broadcasts' },
  host_busy: {
    asks: 'processes outside the run left the cores alone',
    suspect: 'above 0.25 cores',
    invalid: 'above 0.5 cores',
  },
  steal: { asks: 'the hypervisor took no time', suspect: 'above 0.1 cores', invalid: 'above 0.25 cores' },
  frequency: { asks: 'the clock stood still', suspect: 'moved by more than 10 %', invalid: NEVER },
  shared_cores: {
    asks: 'every container had a core of its own; said, never held against a run',
    suspect: NEVER,
    invalid: NEVER,
  },
  client: { asks: 'the client, one thread, had room on its core', suspect: 'above 0.9 cores', invalid: NEVER },
  warmup: {
    asks: "the medians of 100 ms intervals did not change their level early on (Pettitt's test)",
    suspect: 'p below 0.01 and a shift of 10 % in the first third',
    invalid: NEVER,
  },
  memory: {
    asks: 'nobody waited for memory',
    suspect: 'stalled above 1 % of the window, more than 256 pages swapped, or below 150 MiB available',
    invalid: 'stalled above 10 % of the window',
  },
  inspected: { asks: 'nobody looked into a replica while it measured', suspect: 'somebody did', invalid: NEVER },
  watched: { asks: 'no browser watched; said, never held against a run', suspect: NEVER, invalid: NEVER },
};
