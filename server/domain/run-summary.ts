import { sayFaults, wasDone } from './declared-faults';
import type { LatencyInterval } from './latency';
import { toPoints } from './latency-points';
import { isOver, type RunSummary, type RunView } from './run';
import { decidingGate } from './validity/validity';

const SPARK_POINTS = 40;

/** The run as a row of the list. */
export function toSummary(view: RunView, intervals: LatencyInterval[]): RunSummary {
  const { config } = view;
  return {
    id: config.id,
    scenario: config.scenario,
    replicas: config.replicas.length,
    variant: config.variant.name,
    workload: config.workload,
    state: view.state,
    origin: config.origin,
    createdAt: config.createdAt,
    startedAt: view.startedAt,
    endedAt: view.endedAt,
    completed: view.completed,
    p50Ns: view.latency?.p50Ns ?? null,
    p99Ns: view.latency?.p99Ns ?? null,
    throughputPerS: view.throughputPerS,
    mechanism: view.proof?.mechanism.verdict ?? null,
    valid: validityOf(view),
    verdict: view.validity?.verdict ?? null,
    place: config.place,
    imported: config.importedFrom !== null,
    remark: remarkOf(view),
    p99SparkNs: sparkOf(intervals),
  };
}

/** null while it runs, and for a third party's image whose counters are unknown: neither proven nor disproven. */
function validityOf({ state, proof }: RunView): boolean | null {
  if (!isOver(state) || proof === null) return null;
  if (proof.fits && proof.mechanism.verdict === 'unknown') return null;
  return state === 'done' && proof.fits;
}

/** The most important thing to know about a run in one short line: what went wrong, else what is remarkable. */
export function remarkOf(view: RunView): string | null {
  if (view.error !== null) return firstSentence(view.error.message);
  if (view.safety?.verdict === 'unsafe') return `unsafe: ${firstSentence(view.safety.reason)}`;
  if (view.state === 'stopped') return `stopped in phase ${view.phases.at(-1)?.phase ?? 'queued'}`;
  if (view.state === 'interrupted') return 'the lab ended while it ran';
  const [objection] = view.proof?.objections ?? [];
  if (objection !== undefined) return firstSentence(objection);
  const gate = view.validity === null ? null : decidingGate(view.validity);
  if (gate !== null) return `${gate.title}: ${gate.value}`;
  const done = view.faults.filter(wasDone);
  if (done.length > 0) return sayFaults(done);
  if (view.timeouts > 0) {
    return `${view.timeouts.toLocaleString('en-US')} ${view.timeouts === 1 ? 'request' : 'requests'} timed out`;
  }
  if (view.proof?.mechanism.verdict === 'unknown') return 'offload unknown: no counters';
  return null;
}

/** p99 per window of the measured part; windows in which nothing completed are left out. */
function sparkOf(intervals: LatencyInterval[]): number[] {
  const measured = intervals.filter(({ phase }) => phase === 'measuring');
  return toPoints(measured, { maxPoints: SPARK_POINTS }).flatMap(({ p99Ns }) => (p99Ns === null ? [] : [p99Ns]));
}

function firstSentence(text: string): string {
  return text.split(/(?<=[.!?])\s/)[0]?.replace(/\.$/, '') ?? text;
}
