/** A replica's maps as rows that people read. */
import { type ClusterFacts, isConfigMap, isPeersMap } from './bpf-cluster';
import { toConfigRows, toFieldRows } from './bpf-fields';
import { toPeerRows } from './bpf-peers';
import { perSecond } from './bpf-rates';
import type { BpfMapLook, CounterRow, FrameRow, ReplicaLook, WatchedMap } from './bpf-watch';
import { isStruct, numberOf } from './btf-value';
import type { ScenarioReplica } from './scenario';

export type MapContext = ClusterFacts & {
  owner: ScenarioReplica;
  look: ReplicaLook;
  ports: ReadonlyMap<number, number | null>;
  at: number;
  /** The look before, where there was one. */
  before: { at: number; map: WatchedMap } | null;
};

/** WIRE_MAX_REPLICAS + 1 of ebpf/include/wire.h: frames are counted at window * 16 + replica id. */
const FRAMES_PER_WINDOW = 16;
const COUNTER_ENUM = 'bcast_counter';
const COUNTER_PREFIX = 'BCAST_';

export function toWatchedMap(map: BpfMapLook, context: MapContext): WatchedMap {
  const { entries: _entries, enums: _enums, ...head } = map;
  const before = context.before?.map;
  if (isPeersMap(map)) {
    const rows = toPeerRows(map, { ...context, before: before?.kind === 'peers' ? before.rows : [] });
    return { ...head, kind: 'peers', rows };
  }
  if (isConfigMap(map)) return { ...head, kind: 'fields', rows: toConfigRows(map, context) };
  if (map.name === 'counters' && countsOnly(map)) return { ...head, kind: 'counters', rows: toCounterRows(map, context) };
  if (map.name === 'frames' && countsOnly(map)) return { ...head, kind: 'frames', rows: toFrameRows(map, context) };
  return { ...head, kind: 'fields', rows: toFieldRows(map) };
}

function countsOnly({ entries }: BpfMapLook): boolean {
  return entries.length > 0 && entries.every(({ key, value }) => !isStruct(value) && numberOf(key) !== null);
}

function toCounterRows({ entries, enums }: BpfMapLook, { at, before }: MapContext): CounterRow[] {
  const earlier = before?.map.kind === 'counters' ? before.map.rows : [];
  return entries.map(({ key, value: raw }) => {
    const name = nameOfCounter(String(key), enums);
    const value = numberOf(raw) ?? 0;
    const known = earlier.find((row) => row.name === name)?.value ?? null;
    return { name, value, perS: perSecond(value, known, at - (before?.at ?? at)) };
  });
}

/** `BCAST_NOT_OURS` is said as `not_ours`, as events and reports say it. */
function nameOfCounter(index: string, enums: BpfMapLook['enums']): string {
  const name = enums[COUNTER_ENUM]?.[index];
  if (name === undefined) return `counter ${index}`;
  return (name.startsWith(COUNTER_PREFIX) ? name.slice(COUNTER_PREFIX.length) : name).toLowerCase();
}

/** Slots of replicas that the cluster has; any other only if something was counted there. */
function toFrameRows({ entries }: BpfMapLook, { config, at, before }: MapContext): FrameRow[] {
  const earlier = before?.map.kind === 'frames' ? before.map.rows : [];
  return entries.flatMap(({ key, value: raw }) => {
    const index = numberOf(key) ?? 0;
    const value = numberOf(raw) ?? 0;
    const window = Math.floor(index / FRAMES_PER_WINDOW);
    const id = index % FRAMES_PER_WINDOW;
    const service = config.replicas.find((each) => each.id === id)?.service;
    if (service === undefined && value === 0) return [];
    const replica = service ?? `replica id ${id}`;
    const known = earlier.find((row) => row.window === window && row.replica === replica)?.value ?? null;
    return [{ window, replica, value, perS: perSecond(value, known, at - (before?.at ?? at)) }];
  });
}
