/** Maps without a view of their own, and the program's settings, as fields. */
import type { ClusterFacts } from './bpf-cluster';
import type { BpfMapLook, BtfValue, FieldRow } from './bpf-watch';
import { bigintOf, leavesOf, numberOf, sayValue } from './btf-value';
import { addressOf, portOf, swapU32, swapU64 } from './network-order';
import type { ScenarioReplica } from './scenario';
import { wireRunId } from './wire-run-id';

/** Every field of every entry; nothing is expected of them. */
export function toFieldRows(map: BpfMapLook): FieldRow[] {
  return map.entries.flatMap(({ key, value }) =>
    leavesOf(value).map((leaf) => ({
      key: sayValue(key),
      field: leaf.path === '' ? 'value' : leaf.path,
      value: sayValue(leaf.value),
      expected: null,
      drift: false,
    })),
  );
}

export type ConfigContext = ClusterFacts & { owner: ScenarioReplica; ports: ReadonlyMap<number, number | null> };

/** The settings that a replica gave its program (struct bcast_config), beside what they should be. */
export function toConfigRows(map: BpfMapLook, context: ConfigContext): FieldRow[] {
  return map.entries.flatMap(({ key, value }) =>
    leavesOf(value)
      .filter(({ path }) => !path.startsWith('reserved'))
      .map(({ path, value: raw }) => {
        const shown = READERS[path]?.(raw) ?? sayValue(raw);
        const expected = expectedOf(path, context);
        return { key: sayValue(key), field: path, value: shown, expected, drift: expected !== null && expected !== shown };
      }),
  );
}

/** Fields that stand in network byte order. */
const READERS: Record<string, (value: BtfValue) => string | null> = {
  run_id: (value) => through(bigintOf(value), swapU64),
  own_ip: (value) => through(numberOf(value), addressOf),
  own_port: (value) => through(numberOf(value), (port) => String(portOf(port))),
  view: (value) => through(numberOf(value), (view) => String(swapU32(view))),
};

const through = <T>(value: T | null, read: (value: T) => string) => (value === null ? null : read(value));

function expectedOf(field: string, { config, containers, owner, ports }: ConfigContext): string | null {
  switch (field) {
    case 'run_id':
      return config.clientFormat === 'lab' ? wireRunId(config) : null;
    case 'own_ip':
      return containers.find(({ service }) => service === owner.service)?.address ?? null;
    case 'own_port':
      return through(ports.get(owner.id) ?? null, String);
    case 'own_id':
      return String(owner.id);
    case 'clone':
      return CLONE[config.variant.expects];
    case 'replicas':
      return String(config.replicas.length);
    default:
      return null;
  }
}

const CLONE = { offloaded: '1', not_offloaded: '0', anything: null } as const;
