import type { ImportedRun, RawLatencies } from '@/server/domain/archive';
import { LabError } from '@/server/domain/errors';
import { type LatencyInterval, summarise } from '@/server/domain/latency';
import { OBSERVE_NOTHING } from '@/server/domain/observation';
import type { RunConfig, RunView } from '@/server/domain/run';
import { newRun } from '@/server/domain/run-machine';
import { judgeRun } from '@/server/domain/validity/judge-run';
import { type RunGate, type RunValidity, verdictOf } from '@/server/domain/validity/validity';
import { WORKLOAD_BOUNDS } from '@/server/domain/workload';
import { readRawLatencies } from './raw-latencies';

const NOTE =
  'From a file of bare latencies. It holds no times: intervals follow from the sum of the latencies divided by the clients, and no throughput is derived from that. Warm-up, payload, share of GETs, placement, timeouts and retries are not known, and no offload is proven.';

/** Stands for the store of a run that no lab measured. */
export const RAW_STORE = 'raw-file';

const REPLICAS_MAX = 99;

/**
 * A run from the original client's latencies. Percentiles have the histogram's 0.1 %, mean, least and greatest are exact;
 * throughput is null, since clients divided by the mean would make Little's law confirm itself.
 */
export async function readRawRun(chunks: AsyncIterable<Uint8Array>, facts: RawLatencies): Promise<ImportedRun> {
  checkFacts(facts);
  const intervals = await readRawLatencies(chunks, facts);
  const view = toView(intervals, facts);
  return {
    view: { ...view, validity: judgeLatencies(view, intervals) },
    intervals,
    events: [],
    samples: [],
    bpf: [],
    log: { [Symbol.asyncIterator]: noLines },
  };
}

async function* noLines() {}

/** Latencies alone tell whether they settled, and nothing about any other gate: not even that no request timed out. */
function judgeLatencies(view: RunView, intervals: LatencyInterval[]): RunValidity {
  const gates = judgeRun(view, intervals).gates.map((gate): RunGate => (gate.id === 'warmup' ? gate : unknownGate(gate)));
  return { verdict: verdictOf(gates), gates };
}

function unknownGate({ id, title }: RunGate): RunGate {
  return { id, title, state: 'unknown', value: 'unknown', detail: 'The file holds latencies alone.', remedy: null };
}

function toView(intervals: LatencyInterval[], facts: RawLatencies): RunView {
  const latency = summarise(intervals);
  const completed = latency?.n ?? 0;
  return { ...newRun(toConfig(completed, facts)), state: 'done', phases: [], completed, latency };
}

function toConfig(requests: number, { name, scenario, replicas, variant, clients, now }: RawLatencies): RunConfig {
  return {
    id: name,
    scenario,
    scenarioTitle: scenario,
    replicas: Array.from({ length: replicas }, (_, at) => ({ id: at + 1, service: `replica${at + 1}` })),
    quorum: Math.floor(replicas / 2) + 1,
    clientService: 'client',
    clientFormat: 'electrode',
    variant: { name: variant, title: variant, environment: {}, image: null, expects: 'anything' },
    workload: {
      amount: { kind: 'requests', requests },
      warmupSeconds: 0,
      clients,
      payloadBytes: 0,
      getPercent: 0,
      placement: 'shared',
    },
    cpusets: {},
    label: 'imported',
    project: 'electrode-lab-imported',
    origin: 'lab',
    createdAt: now,
    observe: OBSERVE_NOTHING,
    faults: [],
    place: null,
    importedFrom: { storeId: RAW_STORE, id: name, at: now, note: NOTE },
  };
}

function checkFacts({ name, scenario, replicas, variant, clients }: RawLatencies): void {
  const refuse = (what: string, remedy: string) => {
    throw new LabError('bad_archive', `${name} cannot become a run: ${what}`, { remedy });
  };
  if (scenario === '') refuse('no scenario is named.', 'Name the scenario it was measured on.');
  if (variant === '') refuse('no variant is named.', 'Name the variant that was measured.');
  if (!isWhole(replicas, 1, REPLICAS_MAX)) refuse(`${replicas} replicas.`, `Give their number, 1 to ${REPLICAS_MAX}.`);
  const { min, max } = WORKLOAD_BOUNDS.clients;
  if (!isWhole(clients, min, max))
    refuse(`${clients} clients.`, `Give the number of clients that ran at once, ${min} to ${max}.`);
}

const isWhole = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;
