import { beforeAll, describe, expect, it } from 'vitest';
import { medianInterval } from './bootstrap';
import { normalQuantile } from './normal';
import { createRandom, type Random } from './random';
import { bootstrapSeed, SIMULATION_SEEDS } from './simulation-seeds';
import { signedRank } from './wilcoxon';

/** Noise of median 0, by its quantile function. Student's t of 2 degrees of freedom has no variance. */
const NOISES = {
  normal: normalQuantile,
  'log-normal': (u: number) => Math.exp(normalQuantile(u)) - 1,
  'heavy-tailed': (u: number) => (2 * u - 1) / Math.sqrt(2 * u * (1 - u)),
};
const NOISE_NAMES = ['normal', 'log-normal', 'heavy-tailed'] as const;
type NoiseName = (typeof NOISE_NAMES)[number];
/** Pairs. 10 is what is promised; the others are printed beside it, 7 for an odd number. */
const SIZES = [6, 7, 10, 20];
/** Of a log ratio; nothing depends on it. */
const NOISE_SCALE = 0.1;

/** Shares of the experiments that take a difference for real though there is none, in percent. */
type Alarms = {
  /** By the interval alone: it does not hold 0, the true median, so 100 less this is its coverage. */
  interval: number;
  wilcoxon: number;
  /** By both: what an experiment calls a difference. */
  both: number;
};
const NO_ALARMS: Alarms = { interval: 0, wilcoxon: 0, both: 0 };

/**
 * ratio: the noise is the log ratio's own, as skewed as it comes. control: each side of a pair has the noise, as when a
 * variant is measured against itself.
 */
type Outcome = { noise: NoiseName; n: number; ratio: Alarms; control: Alarms };

/** Seed by seed for all noises, so that they share the bootstrap's draws while these are kept. */
function simulate(n: number): Outcome[] {
  const outcomes = NOISE_NAMES.map((noise) => ({ noise, n, ratio: { ...NO_ALARMS }, control: { ...NO_ALARMS } }));
  for (const seed of SIMULATION_SEEDS) for (const outcome of outcomes) simulateOne(outcome, seed);
  return outcomes;
}

function simulateOne({ noise, n, ratio, control }: Outcome, seed: number): void {
  const random = createRandom(seed);
  countAlarms(drawNoise(noise, n, random), seed, ratio);
  const base = drawNoise(noise, n, random);
  const differences = drawNoise(noise, n, random).map((variant, pair) => variant - (base[pair] ?? Number.NaN));
  countAlarms(differences, seed, control);
}

function countAlarms(logRatios: number[], seed: number, alarms: Alarms): void {
  const interval = medianInterval(logRatios, { seed: bootstrapSeed(seed) });
  if (!interval) throw new Error('a simulated experiment has two pairs at least');
  const one = 100 / SIMULATION_SEEDS.length;
  const byInterval = interval.low > 0 || interval.high < 0;
  const byWilcoxon = signedRank(logRatios).p <= 0.05;
  if (byInterval) alarms.interval += one;
  if (byWilcoxon) alarms.wilcoxon += one;
  if (byInterval && byWilcoxon) alarms.both += one;
}

function drawNoise(noise: NoiseName, n: number, random: Random): number[] {
  // Half a step inside, so that no draw is infinite.
  return Array.from({ length: n }, () => NOISE_SCALE * NOISES[noise]((random.nextUint32() + 0.5) / 2 ** 32));
}

function tabulate(outcomes: Outcome[]): string {
  const head = ['noise', 'n', 'covered %', 'Wilcoxon %', 'both %', 'A/A interval %', 'A/A Wilcoxon %', 'A/A both %'];
  const rows = outcomes.map(({ noise, n, ratio, control }) => [
    noise,
    String(n),
    ...[100 - ratio.interval, ratio.wilcoxon, ratio.both].map((share) => share.toFixed(2)),
    ...[control.interval, control.wilcoxon, control.both].map((share) => share.toFixed(2)),
  ]);
  return [head, ...rows].map((row) => row.map((cell) => cell.padStart(14)).join(' ')).join('\n');
}

describe(`${SIMULATION_SEEDS.length} simulated experiments`, () => {
  let outcomes: Outcome[] = [];
  const at = (noise: NoiseName, size: number) => {
    const found = outcomes.find((outcome) => outcome.noise === noise && outcome.n === size);
    if (!found) throw new Error(`${noise}, n = ${size} was not simulated`);
    return found;
  };

  beforeAll(() => {
    outcomes = SIZES.flatMap(simulate);
    process.stdout.write(`${tabulate(outcomes)}\n`);
  }, 120_000);

  describe.each(NOISE_NAMES)('with %s noise and 10 pairs', (noise) => {
    it('have a 95 % interval that holds the true median in 92 to 97 % of them', () => {
      expect(100 - at(noise, 10).ratio.interval).toBeGreaterThanOrEqual(92);
      expect(100 - at(noise, 10).ratio.interval).toBeLessThanOrEqual(97);
    });

    it('show a difference in at most 5.5 % of them where there is none', () => {
      expect(at(noise, 10).control.both).toBeLessThanOrEqual(5.5);
      expect(at(noise, 10).ratio.both).toBeLessThanOrEqual(5.5);
    });
  });
});
