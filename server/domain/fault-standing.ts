/** Whether a cluster can serve now, and if not, why: one state and one sentence for the panel and the command line. */
import { afflictionOf } from './afflictions';
import type { Affliction, FaultRecord, Standing } from './fault';
import { chancesOf } from './fault-links';
import type { ReplicaState, RunView } from './run';
import { list } from './wording';

/** The view with what is the matter with each replica, and with where the cluster stands. */
export function withStanding(given: RunView): RunView {
  const view = { ...given, replicas: given.replicas.map((each) => ({ ...each, affliction: afflictionOf(each, given) })) };
  return { ...view, standing: standingOf(view) };
}

/** Null unless it measures: before, not everybody is there yet; after, nobody asks anything of it. Nor while its containers are ended. */
function standingOf(view: RunView): Standing | null {
  if (view.state !== 'measuring' || view.replicas.some((replica) => isTornDown(replica, view))) return null;
  return memoryLost(view) ?? noQuorum(view) ?? leading(view);
}

/** A run that failed or is to end is torn down before it is over: neither a fault nor its own death ended this one. */
function isTornDown({ name, container }: ReplicaState, { faults, deaths }: RunView): boolean {
  const isBlamed = ({ action, targets, endedAt, problem }: FaultRecord) =>
    (action.kind === 'kill' || action.kind === 'restart') && targets.includes(name) && (endedAt === null || problem !== null);
  return container === 'exited' && !deaths.some(({ service }) => service === name) && !faults.some(isBlamed);
}

/** No longer part of any quorum until it has recovered. */
const WITHOUT_MEMORY: readonly (Affliction | null)[] = ['killed', 'exited', 'recovering', 'lost_memory'];

/** VR Revisited 4.3: a recovery needs f + 1 replicas that still have theirs; with more than f lost there never are. */
function memoryLost({ replicas, config }: RunView): Standing | null {
  const names = replicas.filter(({ affliction }) => WITHOUT_MEMORY.includes(affliction)).map(({ name }) => name);
  const saying = replicas.filter(({ health }) => health === 'lost_memory').map(({ name }) => name);
  const tolerated = config.replicas.length - config.quorum;
  if (names.length <= tolerated && saying.length === 0) return null;
  const who =
    names.length > tolerated
      ? `${list(names)} ended or began anew`
      : `${list(saying)} ${saying.length === 1 ? 'says' : 'say'} so`;
  const sentence = `More than ${tolerated} ${tolerated === 1 ? 'memory is' : 'memories are'} lost: ${who}, and what was acknowledged cannot be told from the rest. Service never resumes.`;
  return { state: 'memory_lost', replicas: names, sentence };
}

const isAble = ({ affliction }: ReplicaState) => affliction === null;

function noQuorum({ replicas, config, faults }: RunView): Standing | null {
  const out = replicas.filter((replica) => !isAble(replica));
  const able = replicas.filter(isAble).map(({ name }) => name);
  if (largestCircle(able, faults) >= config.quorum) return null;
  const missing = config.quorum - able.length;
  const whole = 'links are cut, and nobody reaches a quorum in both directions';
  const why = [...sayOut(out), ...(missing > 0 ? [] : [whole])].join(', ');
  const returns = missing === 1 ? 'one returns' : `${missing} return`;
  const when = missing > 0 ? returns : 'the links are whole again';
  const names = out.map(({ name }) => name);
  return { state: 'no_quorum', replicas: names, sentence: `No quorum: ${why}. Service resumes by itself when ${when}.` };
}

/** The most replicas that one of them reaches in both directions, itself among them. */
function largestCircle(able: string[], faults: FaultRecord[]): number {
  const cut = new Set(
    faults
      .filter(({ action, endedAt }) => endedAt === null && chancesOf(action).lossPercent === 100)
      .flatMap(({ links }) => links.map(({ from, to }) => `${from} ${to}`)),
  );
  const reached = able.map((one) => able.filter((other) => !cut.has(`${one} ${other}`) && !cut.has(`${other} ${one}`)).length);
  return Math.max(0, ...reached);
}

const IS = {
  killed: 'killed',
  exited: 'gone',
  paused: 'paused',
  isolated: 'isolated',
  recovering: 'recovering',
  lost_memory: 'without memory',
} as const satisfies Record<Affliction, string>;

/** `replica2 and replica3 are paused`, `replica1 is recovering`. */
function sayOut(out: ReplicaState[]): string[] {
  const kinds = new Set(out.flatMap(({ affliction }) => affliction ?? []));
  return [...kinds].map((kind) => {
    const names = out.filter(({ affliction }) => affliction === kind).map(({ name }) => name);
    return `${list(names)} ${names.length === 1 ? 'is' : 'are'} ${IS[kind]}`;
  });
}

function leading({ replicas, config }: RunView): Standing {
  const out = replicas.filter((replica) => !isAble(replica)).map(({ name }) => name);
  const able = replicas.filter(isAble);
  const leader = newestLeader(able);
  // Images that do not report say neither view nor status: what is not known is not called out.
  const isSilent = able.every(({ view, health }) => view === null && health === null);
  // Whoever went on to a later view follows it no more; one alone that does stops nobody.
  const follow = able.filter(({ view }) => (view ?? 0) <= (leader?.view ?? 0));
  if (!isSilent && (leader === null || follow.length < config.quorum)) {
    const newest = Math.max(...able.map(({ view }) => view ?? 0));
    const sentence = `Nobody leads: the replicas change views, the newest is ${newest}.`;
    return { state: 'changing_views', replicas: out, sentence };
  }
  const without = out.length === 0 ? '' : `, without ${out.join(', ')}`;
  const sentence = leader === null ? `Replicas run${without}.` : `${leader.name} leads view ${leader.view ?? 0}${without}.`;
  return { state: 'serving', replicas: out, sentence };
}

/** Several may think that they lead. */
function newestLeader(able: ReplicaState[]): ReplicaState | null {
  return able
    .filter(({ role, health }) => role === 'leader' && (health === null || health === 'normal'))
    .reduce<ReplicaState | null>((best, each) => (best === null || (each.view ?? 0) > (best.view ?? 0) ? each : best), null);
}
