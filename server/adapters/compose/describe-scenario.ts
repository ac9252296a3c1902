import type { ClientFormat, Scenario, Variant } from '@/server/domain/scenario';
import { WORKLOAD_BOUNDS } from '@/server/domain/workload';
import { interpolate } from './interpolate';
import { compareConfig, parseConfigText, parsePeers } from './peers';
import type { ScenarioDocument } from './scenario-document';
import { type ComposeShape, composeShape, type XLab, xLab } from './x-lab';

/** IPv4 and UDP headers and our own, in bytes: WIRE_OVERHEAD_BYTES of ebpf/include/wire.h. */
const OVERHEAD_BYTES = 20 + 8 + 64;
const MTU_OPTION = 'com.docker.network.driver.mtu';

/** Who is who, from x-lab or from the service names. */
type Roles = {
  title: string;
  replicas: string[];
  client: string;
  format: ClientFormat;
  variants: Variant[];
  declared: boolean;
};

export type ScenarioSource = {
  name: string;
  composeFile: string;
  document: ScenarioDocument;
  /** Text of config.txt, null without one. */
  configText: string | null;
  /** What Compose will interpolate from. */
  environment: Readonly<Record<string, string>>;
};

/** Throws ScenarioProblem naming file, line, cause and remedy. */
export function describeScenario(source: ScenarioSource): Scenario {
  const { document, environment } = source;
  const shape = composeShape.parse(document.content);
  const roles = shape['x-lab'] === undefined ? inferRoles(source, shape) : readRoles(source, shape);
  checkReplicas(document, roles);
  checkContainerNames(document, shape);
  return {
    name: source.name,
    title: roles.title,
    composeFile: source.composeFile,
    replicas: roles.replicas.map((service, index) => ({ id: index + 1, service })),
    quorum: Math.floor(roles.replicas.length / 2) + 1,
    clientService: roles.client,
    clientFormat: roles.format,
    variants: roles.variants,
    declared: roles.declared,
    images: imagesOf(shape, roles.variants, environment),
    payloadMaxBytes: payloadMaxOf(shape, roles.replicas, environment),
    notes: notesOf(source, shape, roles.replicas),
  };
}

function readRoles({ name, document }: ScenarioSource, shape: ComposeShape): Roles {
  const parsed = xLab.safeParse(shape['x-lab']);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = ['x-lab', ...(issue?.path.map(String) ?? [])];
    const key = issue?.code === 'unrecognized_keys' ? (issue.keys[0] ?? '') : null;
    const words = key === null ? `${path.join('.')}: ${issue?.message}` : `${path.join('.')} knows no key ${key}`;
    throw document.problemAt(key === null ? path : [...path, key], words);
  }
  const { title, replicas, client, format, variants } = parsed.data;
  for (const service of [...replicas, client]) {
    if (shape.services[service] !== undefined) continue;
    const path = service === client ? ['x-lab', 'client'] : ['x-lab', 'replicas'];
    throw document.problemAt(
      path,
      `x-lab names ${service}, which is no service of this file`,
      'Name a service under `services:`.',
    );
  }
  return {
    title: title ?? name,
    replicas,
    client,
    format,
    variants: Object.entries(variants).map((entry) => toVariant(...entry)),
    declared: true,
  };
}

function toVariant(name: string, variant: XLab['variants'][string]): Variant {
  const { title = name, expects, environment, image = null } = variant;
  return { name, title, expects, environment, image };
}

/** A third party's folder: services replica* and client*, one variant, nothing claimed about offloads. */
function inferRoles({ name, document }: ScenarioSource, shape: ComposeShape): Roles {
  const services = Object.keys(shape.services);
  const replicas = services
    .filter((service) => /^replica/.test(service))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const clients = services.filter((service) => /^client/.test(service)).sort();
  const remedy = 'Name them replica1, replica2, ... and client, or add an `x-lab` section.';
  if (replicas.length === 0) throw document.problemAt(['services'], 'no service is called replica*', remedy);
  const [client] = clients;
  if (client === undefined) throw document.problemAt(['services'], 'no service is called client*', remedy);
  const asIs: Variant = { name: 'as_is', title: 'As it is', environment: {}, image: null, expects: 'anything' };
  return { title: name, replicas, client, format: 'electrode', variants: [asIs], declared: false };
}

function checkReplicas(document: ScenarioDocument, { replicas, client, declared }: Roles): void {
  const path = declared ? ['x-lab', 'replicas'] : ['services'];
  const twice = replicas.find((service, index) => replicas.indexOf(service) !== index);
  if (twice !== undefined) throw document.problemAt(path, `replica ${twice} is named twice`, 'Name each replica once.');
  if (replicas.includes(client)) {
    throw document.problemAt(path, `${client} is named as replica and as client`, 'Name a service of its own as client.');
  }
  if (replicas.length % 2 === 0) {
    const words = `${replicas.length} replicas: a majority needs an odd number`;
    throw document.problemAt(path, words, `Use ${replicas.length - 1} or ${replicas.length + 1} replicas.`);
  }
  if (replicas.length < 3) throw document.problemAt(path, `${replicas.length} replica tolerates no failure`, 'Use 3, 5 or 7.');
}

function checkContainerNames(document: ScenarioDocument, shape: ComposeShape): void {
  const owners = new Map<string, string>();
  for (const [service, definition] of Object.entries(shape.services)) {
    const name = definition?.container_name;
    if (name === undefined) continue;
    const other = owners.get(name);
    if (other !== undefined) {
      const words = `container_name ${name} is used by ${other} and ${service}`;
      throw document.problemAt(['services', service, 'container_name'], words, 'Give each a name of its own, or none.');
    }
    owners.set(name, service);
  }
}

function imagesOf(shape: ComposeShape, variants: Variant[], environment: Readonly<Record<string, string>>): string[] {
  const named = Object.values(shape.services).flatMap((service) => service?.image ?? []);
  const replaced = variants.flatMap((variant) => variant.image ?? []);
  return [...new Set([...named, ...replaced].map((image) => interpolate(image, environment)))].sort();
}

/** The smallest MTU among the replicas' networks decides; without the option Docker's bridges have 1500. */
function payloadMaxOf(shape: ComposeShape, replicas: string[], environment: Readonly<Record<string, string>>): number {
  const names = replicas.flatMap((service) => networksOf(shape, service));
  const mtus = names.flatMap((name) => shape.networks?.[name]?.driver_opts?.[MTU_OPTION] ?? []);
  const payloads = mtus
    .map((mtu) => Number(interpolate(String(mtu), environment)) - OVERHEAD_BYTES)
    .filter((bytes) => Number.isFinite(bytes) && bytes >= WORKLOAD_BOUNDS.payloadBytes.min);
  return Math.min(WORKLOAD_BOUNDS.payloadBytes.max, ...payloads);
}

function networksOf(shape: ComposeShape, service: string): string[] {
  const networks = shape.services[service]?.networks;
  if (networks === null || networks === undefined) return ['default'];
  return Array.isArray(networks) ? networks : Object.keys(networks);
}

function notesOf({ configText, environment }: ScenarioSource, shape: ComposeShape, replicas: string[]): string[] {
  const peersOf = (service: string) => {
    const value = shape.services[service]?.environment?.PEERS;
    return value === undefined || value === null ? null : interpolate(String(value), environment);
  };
  const lists = replicas.map(peersOf);
  const first = lists[0] ?? null;
  if (first === null) return [];
  const different = replicas.filter((_, index) => lists[index] !== first);
  const unequal = different.length === 0 ? [] : [`PEERS of ${different.join(', ')} is not that of ${replicas[0]}.`];
  return [...unequal, ...(configText === null ? [] : compareConfig(parseConfigText(configText), parsePeers(first)))];
}
