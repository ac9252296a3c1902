import { createRandom, shuffle } from '../statistics/random';
import type { ExperimentPlan } from './experiment';

/**
 * The order in which the sides of pair k (1, 2, ...) run. Two sides alternate AB, BA. More than two follow a Williams design
 * (E. J. Williams 1949): over one cycle every side stands in every place equally often, and behind every other side equally
 * often, so that neither drift nor what the run before left behind favours one. The seed decides the order of its rows.
 */
export function sidesInOrder({ variants, seed }: Pick<ExperimentPlan, 'variants' | 'seed'>, pair: number): number[] {
  const rows = williamsRows(variants.length);
  const ordered = variants.length === 2 ? rows : shuffle(rows, createRandom(seed));
  return ordered[(pair - 1) % ordered.length] ?? [];
}

/** m rows for an even number of sides, 2 m for an odd one. */
function williamsRows(sides: number): number[][] {
  // 0, 1, m-1, 2, m-2, ...: neighbours differ by every amount once.
  const first = Array.from({ length: sides }, (_, at) => (at % 2 === 1 ? (at + 1) / 2 : (sides - at / 2) % sides));
  const rows = first.map((_, shift) => first.map((side) => (side + shift) % sides));
  return sides % 2 === 0 ? rows : [...rows, ...rows.map((row) => row.toReversed())];
}
