/**
 * What was published, as ratios variant / vanilla Multi-Paxos. Electrode: NSDI'23, Zhou, Wang, Dharanipragada, Yu; xl170
 * machines, 25 GbE, kernel 5.8, one machine per replica, latencies with 2 clients, throughput at its maximum. The figures
 * are those of the paper's evaluation; docs/benchmarks.md says why they are not comparable in size with one host.
 */
import type { ExperimentMetric } from './experiment';
import { METRICS } from './metrics';
import type { PaperBand, PaperReading } from './results';

const SOURCE = "Electrode, NSDI'23";

type Published = Partial<Record<ExperimentMetric, number>>;

/** All three offloads together, by number of replicas. */
const ALL_OFFLOADS: Record<number, Published> = {
  3: { p50: 1 - 0.125, p99: 1 - 0.118, throughput: 1.349 },
  5: { p50: 1 - 0.2, p99: 1 - 0.247, throughput: 2.048 },
  7: { p50: 1 - 0.256, p99: 1 - 0.417, throughput: 2.284 },
};

/** TC_BROADCAST alone is published for 5 replicas: +31.7 % throughput, and almost nothing on the median. */
const ALONE_AT_5: Published = { p50: 1, throughput: 1.317 };

/** The claim of Multi-Paxos-PoC for 3 replicas, 1670 ms to 1314 ms; its third replica was never sent a copy. */
export const POC_CLAIM = { replicas: 3, metric: 'p50', ratio: 1314 / 1670 } as const;

/** Variants that are all of the paper's offloads at once. */
const ALL_NAMES = ['all_offloads', 'electrode'];

/** How far a ratio may lie beside a published point and still agree with it. */
const TOLERANCE = 0.05;

export function paperBand(variant: string, replicas: number, metric: ExperimentMetric): PaperBand | null {
  const all = ALL_OFFLOADS[replicas]?.[metric];
  if (all === undefined) return null;
  if (ALL_NAMES.includes(variant)) {
    const range = around(all, all);
    return {
      source: SOURCE,
      range,
      note: `${titleOf(metric)}: all three offloads, ${replicas} replicas, ${all.toFixed(2)} there.`,
    };
  }
  if (variant !== 'tc_broadcast') return null;
  const alone = replicas === 5 ? ALONE_AT_5[metric] : undefined;
  if (alone !== undefined) {
    const note = `${titleOf(metric)}: TC_BROADCAST alone, 5 replicas, ${alone.toFixed(2)} there.`;
    return { source: SOURCE, range: around(alone, alone), note };
  }
  const note = `${titleOf(metric)}: TC_BROADCAST alone is not published for ${replicas} replicas; it lies between no effect and all three offloads together, ${all.toFixed(2)}.`;
  return { source: SOURCE, range: around(Math.min(1, all), Math.max(1, all)), note };
}

const titleOf = (metric: ExperimentMetric) => METRICS.find((each) => each.metric === metric)?.title ?? metric;

const around = (low: number, high: number): [number, number] => [low * (1 - TOLERANCE), high * (1 + TOLERANCE)];

/** A result beside the band is no fault, and one better than the paper deserves as much doubt as one that is worse. */
export function readAgainstPaper(
  band: PaperBand,
  ratio: number,
  { better, sharedCores }: { better: 'lower' | 'higher'; sharedCores: boolean },
): PaperReading {
  const [low, high] = band.range;
  if (ratio >= low && ratio <= high) return { state: 'inside', causes: [] };
  const good = better === 'lower' ? ratio < low : ratio > high;
  return good ? { state: 'too_good', causes: TOO_GOOD } : { state: 'too_bad', causes: tooBad(sharedCores) };
}

const TOO_GOOD = [
  'Copies that never left or never arrived look like speed: look at the proof of offload and at delivery first.',
  'All replicas on one core put the leader’s sends on the path of every request; the paper had a machine for each.',
  'The base was slowed by something the variant did not meet: look at the pairs and at the A/A control.',
];

function tooBad(sharedCores: boolean): string[] {
  const shared = 'Replicas share cores here: the followers’ receive path runs where the leader runs, or wakes an idle core.';
  return [
    ...(sharedCores ? [shared] : []),
    'A veth pair is no 25 GbE card: a send costs less here, so saving one gains less.',
    'One closed-loop client leaves the leader idle most of the time; the paper’s throughput is at saturation.',
    'The harness is the bottleneck: look at Little’s law and at the client’s CPU.',
  ];
}
