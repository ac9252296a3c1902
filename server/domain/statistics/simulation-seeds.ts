/** The seeds of experiments.simulation.test.ts, fixed so that its numbers can be had again: 1 to 10,000. */
export const SIMULATION_SEEDS: readonly number[] = Array.from({ length: 10_000 }, (_, at) => at + 1);

/** The bootstrap's own seed, apart from the noise's; a hundred experiments in a row share one, and with it its draws. */
export function bootstrapSeed(seed: number): number {
  return 1_000_001 + Math.floor((seed - 1) / 100);
}
