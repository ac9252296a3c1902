/** From a look at the kernel to what the inspector shows. */
import { agreedPorts, type ClusterFacts, type OwnMap } from './bpf-cluster';
import { toWatchedMap } from './bpf-maps';
import { attributePrograms, type Ownership } from './bpf-ownership';
import type { BpfSample } from './bpf-program';
import { programRates } from './bpf-rates';
import type { BpfLook, BpfWatchView, ReplicaLook, WatchedProgram, WatchedReplica } from './bpf-watch';
import type { ScenarioReplica } from './scenario';

/** What a view is made of, beside the look itself. before: the last look and the view that was made of it. */
export type ViewContext = ClusterFacts & {
  everyMs: number;
  before: { look: BpfLook; view: BpfWatchView } | null;
  /** The kernel's statistics are off because the run measures. */
  heldOff: boolean;
};

export function emptyWatchView(everyMs: number, problem: string | null): BpfWatchView {
  return { at: null, everyMs, statistics: 'off', watcherCores: null, replicas: [], host: [], problem };
}

export function toWatchView(look: BpfLook, context: ViewContext): BpfWatchView {
  const owners = attributePrograms(look.programs, look.replicas);
  const { config, before, everyMs, heldOff } = context;
  const ports = agreedPorts(config.replicas.flatMap((replica) => ownMaps(replica, look, owners)));
  return {
    at: look.at,
    everyMs,
    statistics: look.statistics ? 'on' : heldOff ? 'held_off' : 'off',
    watcherCores: before === null || look.at <= before.look.at ? null : look.costNs / 1e6 / (look.at - before.look.at),
    replicas: config.replicas.map((replica) => toWatchedReplica(replica, { ...context, look, owners, ports })),
    host: look.programs.filter(({ id }) => !owners.has(id)).map(({ id, type, name, tag }) => ({ id, type, name, tag })),
    problem: null,
  };
}

/** The maps of a replica's own programs, each once. */
function ownMaps(replica: ScenarioReplica, look: BpfLook, owners: ReadonlyMap<number, Ownership>): OwnMap[] {
  const own = look.programs.filter(({ id }) => owners.get(id)?.replica === replica.service);
  const ids = new Set(own.flatMap(({ mapIds }) => mapIds));
  return look.maps.filter(({ id }) => ids.has(id)).map((map) => ({ replica, map }));
}

type ReplicaContext = ViewContext & {
  look: BpfLook;
  owners: ReadonlyMap<number, Ownership>;
  ports: ReadonlyMap<number, number | null>;
};

const UNSEEN: Omit<ReplicaLook, 'name'> = {
  attachments: [],
  holders: [],
  interfaces: [],
  neighbours: [],
  problem: 'its container does not run',
};

function toWatchedReplica(owner: ScenarioReplica, context: ReplicaContext): WatchedReplica {
  const { look, owners, before } = context;
  const seen = look.replicas.find(({ name }) => name === owner.service) ?? { ...UNSEEN, name: owner.service };
  const earlier = before?.view.replicas.find(({ name }) => name === owner.service)?.maps ?? [];
  const maps = ownMaps(owner, look, owners).map(({ map }) => {
    const same = earlier.find(({ id }) => id === map.id);
    const known = before === null || same === undefined ? null : { at: before.look.at, map: same };
    return toWatchedMap(map, { ...context, owner, look: seen, at: look.at, before: known });
  });
  return {
    name: owner.service,
    programs: ownPrograms(owner, seen, context),
    attachments: seen.attachments,
    maps,
    problem: seen.problem,
  };
}

function ownPrograms(owner: ScenarioReplica, seen: ReplicaLook, { look, owners, before }: ReplicaContext): WatchedProgram[] {
  return look.programs.flatMap((program) => {
    const ownership = owners.get(program.id);
    if (ownership === undefined || ownership.replica !== owner.service) return [];
    const holders = seen.holders.filter(({ programId }) => programId === program.id);
    const pids = holders.map(({ pid, comm }) => ({ pid, comm }));
    const rates = programRates(program, look, before?.look ?? null);
    return [{ ...program, pids, owner: 'replica' as const, ownerReason: ownership.reason, ...rates }];
  });
}

/** What is left of a run that is over: the last sample of each replica. null if none was taken. */
export function viewOfSamples(samples: readonly BpfSample[], everyMs: number, problem: string): BpfWatchView | null {
  const last = new Map(samples.filter((sample) => sample.problem === null).map((sample) => [sample.replica, sample]));
  if (last.size === 0) return null;
  const all = [...last.values()];
  const owned = new Set(all.flatMap((sample) => sample.programs.filter(isOwn).map(({ id }) => id)));
  const others = all.flatMap(({ programs }) => programs.filter(({ id }) => !owned.has(id)));
  return {
    ...emptyWatchView(everyMs, problem),
    at: Math.max(...all.map(({ takenAt }) => takenAt)),
    replicas: all.map(({ replica, programs, attachments }) => ({
      name: replica,
      programs: programs.filter(isOwn).map((program) => ({ ...program, runsPerS: null, nsPerRun: null, cpuShare: null })),
      attachments,
      maps: [],
      problem: null,
    })),
    host: [...new Map(others.map(({ id, type, name, tag }) => [id, { id, type, name, tag }])).values()],
  };
}

const isOwn = ({ owner }: { owner: string }) => owner === 'replica';
