import type { ComparisonGate } from './comparison';
import { sayFaults, wasDone } from './declared-faults';
import { formatFaultPlan } from './fault-text';
import type { Observation } from './observation';
import type { RunView } from './run';
import { isOver } from './run';
import { isTolerable, mechanismFits } from './validity/claims';
import { gradeLittlesLaw, LITTLE, littlesLaw } from './validity/littles-law';
import { decidingGate } from './validity/validity';
import { count } from './wording';

/**
 * Everything that has to hold before a ratio of b to a means anything. The first gate that is closed makes the
 * headline, so those that explain most stand first.
 */
export function checkGates(a: RunView, b: RunView): ComparisonGate[] {
  return [
    bothFinished(a, b),
    sameScenario(a, b),
    sameWorkload(a, b),
    offloadFits(a),
    offloadFits(b),
    deliveryComplete(a, b),
    sameLog(a, b),
    littlesLawHolds(a, b),
    observedAlike(a, b),
    faultsAlike(a, b),
    variantsDiffer(a, b),
    eachValid(a, b),
  ];
}

/** Two runs of one variant measure the noise; that is a use, not a fault. */
export function isControlPair(a: RunView, b: RunView): boolean {
  return a.config.variant.name === b.config.variant.name;
}

function bothFinished(a: RunView, b: RunView): ComparisonGate {
  const words = [a, b].filter(({ state }) => state !== 'done').map((view) => `${view.config.id} ${sayUnfinished(view)}`);
  return gate('both runs finished', words, `${a.config.id} and ${b.config.id} are done`);
}

function sayUnfinished(view: RunView): string {
  if (!isOver(view.state)) return `is still in phase ${view.state}`;
  return `${view.state === 'failed' ? 'failed' : `was ${view.state}`}${view.error ? `: ${view.error.message.replace(/\.$/, '')}` : ''}`;
}

function sameScenario(a: RunView, b: RunView): ComparisonGate {
  const same = a.config.scenario === b.config.scenario && a.config.replicas.length === b.config.replicas.length;
  const words = [a, b].map(({ config }) => `${config.id} ran ${config.scenario} with ${config.replicas.length} replicas`);
  return gate('same scenario', same ? [] : [words.join(', ')], `${a.config.scenario}, ${a.config.replicas.length} replicas`);
}

function sameWorkload(a: RunView, b: RunView): ComparisonGate {
  const left = workloadFields(a);
  const right = workloadFields(b);
  const different = Object.keys(left).filter((field) => left[field] !== right[field]);
  const words = different.map((field) => `${field} ${left[field]} in ${a.config.id}, ${right[field]} in ${b.config.id}`);
  return gate(
    'same workload',
    words,
    Object.entries(left)
      .map(([field, value]) => `${field} ${value}`)
      .join(', '),
  );
}

/** Every field as it is said; CPU placement counts as it was resolved on the host. */
function workloadFields({ config }: RunView): Record<string, string> {
  const { amount, warmupSeconds, clients, payloadBytes, getPercent } = config.workload;
  const pinned = Object.entries(config.cpusets).sort(([x], [y]) => x.localeCompare(y));
  return {
    amount: amount.kind === 'requests' ? `${count(amount.requests)} requests` : `${amount.seconds} s`,
    'warm-up': `${warmupSeconds} s`,
    clients: count(clients),
    payload: `${payloadBytes} bytes`,
    GETs: `${getPercent} %`,
    cores: pinned.length === 0 ? 'shared' : pinned.map(([service, cpuset]) => `${service}=${cpuset}`).join(' '),
  };
}

function offloadFits(view: RunView): ComparisonGate {
  const { id, variant } = view.config;
  const name = `offload of ${id}`;
  if (view.proof === null) return { name, passed: variant.expects === 'anything', detail: `${id} has no proof of offload` };
  const { verdict, reason } = view.proof.mechanism;
  const passed = mechanismFits(variant.expects, verdict);
  if (verdict === 'broken') return { name, passed, detail: sayBroken(view) };
  const claim = passed ? '' : `, which is not what ${variant.name} claims`;
  return { name, passed, detail: `${id} is ${verdict.replace('_', ' ')}${claim}: ${trim(reason)}` };
}

/** `replica3 of r-0007 received 0 of 20,000 copies`: what a reader must know about a broken broadcast. */
function sayBroken({ config, proof }: RunView): string {
  const broadcasts = proof?.mechanism.broadcasts ?? 0;
  const short = config.replicas.flatMap(({ service }) => {
    const left = proof?.mechanism.frames[service];
    if (left === undefined || left === null || left >= broadcasts) return [];
    const received = proof?.delivery.receipts[service] ?? null;
    return received !== null && received < broadcasts
      ? [`${service} of ${config.id} received ${count(received)} of ${count(broadcasts)} copies`]
      : [`${count(left)} of ${count(broadcasts)} copies for ${service} of ${config.id} passed the leader's counting hook`];
  });
  return short.length > 0 ? short.join(', ') : `${config.id} is broken: ${trim(proof?.mechanism.reason ?? '')}`;
}

function deliveryComplete(a: RunView, b: RunView): ComparisonGate {
  const words = [a, b]
    .filter(({ config, proof }) => !isTolerable(config.variant.expects, proof?.delivery.verdict ?? 'unknown', 'complete'))
    .map(({ config, proof }) => `${config.id}: ${trim(proof?.delivery.reason ?? 'no receipts were counted')}`);
  return gate(
    'nothing lost',
    words,
    sides(a, b, ({ proof }) => proof?.delivery.reason ?? 'unknown'),
  );
}

function sameLog(a: RunView, b: RunView): ComparisonGate {
  const words = [a, b]
    .filter(({ config, proof }) => !isTolerable(config.variant.expects, proof?.sameLog.verdict ?? 'unknown', 'same'))
    .map(({ config, proof }) => `${config.id}: ${trim(proof?.sameLog.reason ?? 'no hashes were reported')}`);
  return gate(
    'same log',
    words,
    sides(a, b, ({ proof }) => proof?.sameLog.reason ?? 'unknown'),
  );
}

function littlesLawHolds(a: RunView, b: RunView): ComparisonGate {
  const said = [a, b].map((view) => ({ id: view.config.id, expects: view.config.variant.expects, value: littlesLaw(view) }));
  const words = said
    .filter(({ value, expects }) => (value === null ? expects !== 'anything' : gradeLittlesLaw(value) === 'invalid'))
    .map(({ id, value }) =>
      value === null ? `${id} has no mean or throughput` : `${id}: clients ÷ (throughput × mean) is ${value.toFixed(2)}`,
    );
  const reading = said.map(({ id, value }) => `${id} ${value === null ? 'unknown' : value.toFixed(2)}`).join(', ');
  const suspect = said.filter(({ value }) => value !== null && gradeLittlesLaw(value) === 'suspect').map(({ id }) => id);
  const remark = suspect.length > 0 ? `; suspect above ${LITTLE.suspect.toFixed(2)}: ${suspect.join(', ')}` : '';
  return gate("Little's law", words, `clients ÷ (throughput × mean): ${reading}${remark}`);
}

function variantsDiffer(a: RunView, b: RunView): ComparisonGate {
  const { name } = a.config.variant;
  const detail = isControlPair(a, b)
    ? `both runs are ${name}: a control pair, which measures the noise`
    : `${name} and ${b.config.variant.name}`;
  // Comparing a run with itself would show a ratio of exactly 1 and mean nothing.
  return a.config.id === b.config.id
    ? { name: 'variants', passed: false, detail: `${a.config.id} is compared with itself` }
    : { name: 'variants', passed: true, detail };
}

/**
 * What costs each packet or operation something. The watcher, some 0.4 % of a core beside the cluster, is a matter of each run's
 * own gates: whoever looked at one side alone may still compare.
 */
const OBSERVED: Partial<Record<Observation['kind'], string>> = {
  bpf_statistics: 'eBPF run statistics',
  trace: 'traces',
};

/** What was at work beside one side alone is part of the difference between the two. */
function observedAlike(a: RunView, b: RunView): ComparisonGate {
  const said = [a, b].map(({ config, observations }) => {
    const kinds = [...new Set(observations.flatMap(({ kind }) => OBSERVED[kind] ?? []))].sort();
    return {
      kinds: kinds.join(', '),
      words: `${config.id} measured with ${kinds.join(', ') || 'neither statistics nor traces'}`,
    };
  });
  const words = said.map((each) => each.words).join('; ');
  return gate('observed alike', said[0]?.kinds === said[1]?.kinds ? [] : [words], words);
}

/** A silence on one side alone would be taken for the variant's. What was done by hand came at a moment that nobody can repeat. */
function faultsAlike(a: RunView, b: RunView): ComparisonGate {
  const byHand = [a, b].flatMap(({ config, faults }) => {
    const done = faults.filter((fault) => fault.origin !== 'plan' && wasDone(fault));
    return done.length === 0 ? [] : [`${config.id} had faults by hand: ${sayFaults(done)}`];
  });
  const [left, right] = [sayPlan(a), sayPlan(b)];
  const differ = left === right ? [] : [`${a.config.id} ran with ${left}, ${b.config.id} with ${right}`];
  return gate('faults alike', [...byHand, ...differ], `both ran with ${left}`);
}

/** Two plans that do the same say the same. */
const sayPlan = ({ config }: RunView) => (config.faults.length === 0 ? 'no faults' : formatFaultPlan(config.faults));

/** What the runs' own gates say, beyond the checks above: a busy host, a leader that changed. */
function eachValid(a: RunView, b: RunView): ComparisonGate {
  const said = [a, b].map(({ config, validity }) => {
    const deciding = validity === null ? null : decidingGate(validity);
    const why = deciding === null ? '' : `: ${deciding.title}, ${deciding.value}`;
    return { verdict: validity?.verdict, words: `${config.id} is ${validity?.verdict ?? 'not judged'}${why}` };
  });
  const invalid = said.filter(({ verdict }) => verdict === 'invalid').map(({ words }) => words);
  return gate('each run valid', invalid, said.map(({ words }) => words).join('; '));
}

const gate = (name: string, problems: string[], good: string): ComparisonGate => ({
  name,
  passed: problems.length === 0,
  detail: problems.length === 0 ? good : problems.join('; '),
});
const trim = (sentence: string) => sentence.replace(/\.$/, '');
const sides = (a: RunView, b: RunView, words: (view: RunView) => string) =>
  [a, b].map((view) => `${view.config.id}: ${trim(words(view))}`).join('; ');
