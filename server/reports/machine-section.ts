import type { HostFacts } from '../domain/host';
import type { RunView } from '../domain/run';
import type { Section } from './report-document';
import { UNKNOWN } from './report-figures';
import type { ReportInput } from './report-input';

/** Where it was measured and with what; a fact that changed between runs stands with all its values. */
export function machineSection({ runs, storeId, labCommit }: ReportInput): Section {
  const hosts = runs.flatMap(({ host }) => host ?? []);
  const ofHost = (say: (host: HostFacts) => string) => distinct(hosts.map(say));
  const facts = [
    { term: 'CPU', text: ofHost(({ cpuModel, cores }) => `${cpuModel}, ${cores} ${cores === 1 ? 'core' : 'cores'}`) },
    { term: 'Memory', text: ofHost(({ memoryBytes }) => `${(memoryBytes / 1024 ** 3).toFixed(1)} GiB`) },
    { term: 'Operating system', text: ofHost(({ os }) => os) },
    { term: 'Kernel', text: ofHost(({ kernel }) => kernel) },
    { term: 'Engine', text: ofHost(({ engine, storageDriver }) => `${engine}, ${storageDriver}`) },
    { term: 'Compose', text: ofHost(({ compose }) => compose) },
    { term: 'CPU governor', text: ofHost(({ governor }) => governor ?? 'the kernel tells none') },
    { term: 'BTF, BPF statistics', text: ofHost(({ btf, bpfStats }) => `${onOff(btf)}, ${onOff(bpfStats)}`) },
    { term: 'Load at launch', text: loadRange(hosts) },
    { term: 'Cores of each service', text: distinct(runs.map(sayCores)) },
    { term: 'Replica image', text: distinct(runs.map(({ imageDigest }) => imageDigest ?? 'digest unknown')) },
    {
      term: 'Images of variants',
      text: distinct(
        runs.flatMap(({ config: { variant } }) => (variant.image === null ? [] : [`${variant.name}: ${variant.image}`])),
      ),
    },
    { term: 'Environment of variants', text: distinct(runs.map(sayEnvironment)) },
    {
      term: 'Commit of the lab',
      text: distinct([...runs.flatMap(({ gitCommit }) => gitCommit ?? []), ...(labCommit === null ? [] : [labCommit])]),
    },
    { term: 'Store', text: storeId },
  ];
  return { title: 'Machine and versions', blocks: [{ kind: 'facts', facts }] };
}

function distinct(values: readonly string[]): string {
  const different = [...new Set(values)];
  return different.length === 0 ? UNKNOWN : different.join('; ');
}

const onOff = (state: boolean | null) => (state === null ? 'unknown' : state ? 'on' : 'off');

function loadRange(hosts: readonly HostFacts[]): string {
  const loads = hosts.map(({ load1 }) => load1);
  if (loads.length === 0) return UNKNOWN;
  return `${Math.min(...loads).toFixed(2)} to ${Math.max(...loads).toFixed(2)}, one-minute average`;
}

function sayCores({ config: { scenario, cpusets } }: RunView): string {
  const sets = Object.entries(cpusets).map(([service, cores]) => `${service} ${cores}`);
  return `${scenario}: ${sets.length === 0 ? 'not pinned' : sets.join(', ')}`;
}

function sayEnvironment({ config: { variant } }: RunView): string {
  const words = Object.entries(variant.environment).map(([name, value]) => `${name}=${value === '' ? "''" : value}`);
  return `${variant.name}: ${words.length === 0 ? 'as the compose file has it' : words.join(' ')}`;
}
