/** Faults that the lab does to a cluster while it measures: what was asked for, and what became of it. */

/** A replica by its service name, or whoever leads when the fault begins, or the target of the plan's last fault (`it`). */
export type FaultTarget = { kind: 'replica'; name: string } | { kind: 'leader' } | { kind: 'it' };

/** Where datagrams of the lab get lost or doubled: at one replica from everybody, from one to another, or everywhere. */
export type FaultLink =
  | { kind: 'into'; target: FaultTarget }
  | { kind: 'pair'; from: FaultTarget; to: FaultTarget; bothWays: boolean }
  | { kind: 'everywhere' };

/**
 * kill: SIGKILL; undone by starting the container again, with empty memory. restart: starts a killed one, or kills and starts
 * at once. pause: the process stands still (SIGSTOP). isolate: no datagram of the lab to or from the replica, clients among them.
 * cut: none on a link. noise: each datagram on a link is lost or doubled with these chances.
 */
export type FaultAction =
  | { kind: 'kill'; target: FaultTarget }
  | { kind: 'restart'; target: FaultTarget }
  | { kind: 'pause'; target: FaultTarget }
  | { kind: 'isolate'; target: FaultTarget }
  | { kind: 'cut'; link: Extract<FaultLink, { kind: 'pair' }> }
  | { kind: 'noise'; link: FaultLink; lossPercent: number; duplicatePercent: number };

export type FaultKind = FaultAction['kind'];

/** atSeconds: since the begin of the measured window. forSeconds: null lasts to the run's end; restart has none. */
export type PlannedFault = { atSeconds: number; action: FaultAction; forSeconds: number | null };

/** A plan in time order; its text form is read and written by fault-plan.ts: `at 5 s kill leader; at 9 s restart it`. */
export type FaultPlan = PlannedFault[];

export type FaultId = number;

/** over: its time was up; asked: somebody ended it; run_over: the run ended first; lost: what held it died, which undoes it. */
export type FaultEnd = 'over' | 'asked' | 'run_over' | 'lost';

/** What was done, as it stands in the run. Names are service names; times milliseconds since the Unix epoch. */
export type FaultRecord = {
  id: FaultId;
  action: FaultAction;
  /** What the lab calls it: `kill replica1`, `5 % loss everywhere`. */
  title: string;
  /** Replicas that it touches, resolved when it began. */
  targets: string[];
  /** Links that it touches by sender and receiver; the client's service among them. */
  links: { from: string; to: string }[];
  /** From the run's plan, from a person who watched, or from a command. */
  origin: 'plan' | 'panel' | 'lab';
  startedAt: number;
  /** When it will be undone by itself; null: at the run's end. */
  endsAt: number | null;
  endedAt: number | null;
  end: FaultEnd | null;
  /** Datagrams that it lost and doubled; null for faults that concern none. */
  lost: number | null;
  doubled: number | null;
  /** From the last reply before the silence that it caused to the first after it; null: no silence of 50 ms or more. */
  recoveryMs: number | null;
  /** Why it could not be done, or not wholly; null: it was. */
  problem: string | null;
};

/** A silence of the clients, relative to the begin of the measured window, in ms. */
export type Outage = { startMs: number; durationMs: number; leaderBefore: string | null; leaderAfter: string | null };

/** A replica's status as VR Revisited names it, from one moment on; for the timeline of views. */
export type ReplicaHealth = 'recovering' | 'normal' | 'view_change' | 'lost_memory';
export type ViewEntry = {
  replica: string;
  /** Milliseconds since the Unix epoch. */
  at: number;
  health: ReplicaHealth;
  view: number;
  leader: string;
  op: number;
  commit: number;
};

/** What keeps a replica from taking part: a fault that goes on, or its own state. exited: by itself, not by a fault. */
export type Affliction = 'killed' | 'paused' | 'isolated' | 'exited' | 'recovering' | 'lost_memory';

/** Whether the cluster as a whole can serve. */
export type Standing = {
  state: 'serving' | 'no_quorum' | 'memory_lost' | 'changing_views';
  /** Those that are out, by name. */
  replicas: string[];
  /** One or two whole sentences. */
  sentence: string;
};

/** From leader to leader: when the first replica led the view. */
export type LeaderChange = { at: number; view: number; leader: string };

/** Whether what clients saw can be explained by one order of all operations, key by key. */
export type Linearizability = {
  verdict: 'linearizable' | 'violated' | 'not_decided';
  keys: number;
  operations: number;
  /** Operations that never got a reply: they may have happened or not. */
  pending: number;
  undecidedKeys: number;
  steps: number;
  /** CPU time of the check. */
  costNs: number;
  reason: string;
};

/**
 * safe: equal committed prefixes on all live replicas, each holding all that was acknowledged, and a linearizable history.
 * unsafe: one of them is refuted. not_decided: nothing is refuted, something is not known.
 */
export type Safety = {
  verdict: 'safe' | 'unsafe' | 'not_decided';
  /** One sentence with the numbers that decided. */
  reason: string;
  linearizability: Linearizability | null;
};
