import type { Comparison, ComparisonGate, MetricRow } from './comparison';
import { isControlPair } from './comparison-gates';
import { formatFaultPlan } from './fault-text';
import type { RunView } from './run';
import { count } from './wording';

type Findings = { a: RunView; b: RunView; gates: ComparisonGate[]; metrics: MetricRow[] };

/** Baseline against itself on shared machines, p50 ratio 0.83 to 1.17 (docs/benchmarks.md). */
const NOISE = 'One pair carries no claim: baseline against itself moved by -17 to +17 % on shared machines.';

/** The sentence that stands first, and what the numbers can carry. No percentage is said while a gate is closed. */
export function sayVerdict({ a, b, gates, metrics }: Findings): Comparison['verdict'] {
  const closed = gates.filter(({ passed }) => !passed);
  const [first, ...rest] = closed;
  if (first !== undefined) {
    const detail =
      rest.length > 0 ? `Also: ${rest.map((gate) => gate.detail).join('. ')}.` : 'Everything else was checked and holds.';
    return { kind: 'invalid', headline: `Not a valid comparison: ${first.detail}.`, detail };
  }
  const ratio = metrics.find(({ metric }) => metric === 'p50')?.ratio ?? null;
  return { kind: 'single_pair', headline: sayHeadline(a, b, ratio), detail: `${NOISE} ${sayProofs(a, b)}` };
}

function sayHeadline(a: RunView, b: RunView, ratio: number | null): string {
  if (ratio === null) return 'No median is known on both sides, so nothing is compared.';
  if (isControlPair(a, b)) {
    const moved = sayChange(ratio);
    const words = moved === null ? 'was as fast at the median as' : `was ${moved} at the median than`;
    return `${b.config.id} ${words} ${a.config.id}, the same variant (${a.config.variant.name}): a control pair.`;
  }
  // Whoever claims the offload is spoken of, on whichever side it stands.
  const subjectIsA = a.config.variant.expects === 'offloaded' && b.config.variant.expects !== 'offloaded';
  const subject = subjectIsA ? a : b;
  const moved = sayChange(subjectIsA ? 1 / ratio : ratio);
  return `${sayVariant(subject)} was ${moved ?? 'as fast'} at the median in this pair.`;
}

/** `12 % faster`; null if it rounds to nothing. */
function sayChange(ratio: number): string | null {
  const percent = Math.round((ratio - 1) * 100);
  if (percent === 0) return null;
  return `${Math.abs(percent)} % ${percent < 0 ? 'faster' : 'slower'}`;
}

function sayVariant({ config }: RunView): string {
  const { name, expects } = config.variant;
  return expects === 'offloaded' ? name.toUpperCase() : name;
}

function sayProofs(a: RunView, b: RunView): string {
  return [...[a, b].map(sayMechanism), sayLogs(a, b), sayTimeouts(a, b), sayFaultsOf(a)]
    .filter((words) => words !== '')
    .join(' ');
}

function sayMechanism({ config, proof }: RunView): string {
  const mechanism = proof?.mechanism;
  switch (mechanism?.verdict) {
    case 'offloaded':
      return `Offload proven: ${count(mechanism.sent ?? 0)} sends for ${count(mechanism.broadcasts ?? 0)} broadcasts, ${count(mechanism.broadcasts ?? 0)} frames to each of ${config.replicas.length - 1} followers.`;
    case 'not_offloaded':
      return `${config.id} sent every copy itself: ${count(mechanism.sent ?? 0)} sends for ${count(mechanism.broadcasts ?? 0)} broadcasts.`;
    case 'mixed':
      return `${config.id} broadcast in more than one way: ${mechanism.reason}`;
    default:
      return `What ${config.id} offloaded is unknown: its image reports no counters.`;
  }
}

function sayLogs(a: RunView, b: RunView): string {
  const same = [a, b].every(({ proof }) => proof?.sameLog.verdict === 'same');
  // Runs from before that was kept, of which none had a replica less, say nobody.
  const all = [a, b].every(({ config, proof }) => [0, config.replicas.length].includes(proof?.sameLog.live.length ?? 0));
  const who = all ? `all ${a.config.replicas.length}` : 'all live';
  return same ? `Same log on ${who} replicas.` : 'Whether the replicas hold the same log is unknown.';
}

function sayTimeouts(a: RunView, b: RunView): string {
  const words = [a, b]
    .filter(({ timeouts }) => timeouts > 0)
    .map(({ config, timeouts }) => `${count(timeouts)} in ${config.id}`);
  return words.length > 0 ? `Requests that timed out: ${words.join(', ')}.` : '';
}

/** The plan is the same on both sides, or there would be no comparison. */
function sayFaultsOf({ config }: RunView): string {
  return config.faults.length === 0 ? '' : `Both ran under the same faults: ${formatFaultPlan(config.faults)}.`;
}
