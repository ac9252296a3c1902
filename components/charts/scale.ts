/** Bounds and ticks of charts over time. */

export type Range = { min: number; max: number };

/** Smallest range that holds every value, or null without one. */
export function rangeOf(values: readonly (number | null)[]): Range | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (known.length === 0) return null;
  return { min: Math.min(...known), max: Math.max(...known) };
}

const STEPS = [1, 2, 3, 5] as const;

/** 1, 2, 3, 5, 10, 20 ... around the range: ticks of a log axis, its first and last are the axis' ends. */
export function logTicks(range: Range): number[] {
  const low = Math.max(range.min, 1);
  const ladder: number[] = [];
  for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= range.max * 10; decade *= 10) {
    for (const step of STEPS) ladder.push(step * decade);
  }
  const first = ladder.findLastIndex((tick) => tick <= low);
  const last = ladder.findIndex((tick) => tick >= range.max);
  return ladder.slice(Math.max(first, 0), last + 1);
}

/** About four round steps from zero or near the minimum to above the maximum. */
export function linearTicks(range: Range, fromZero: boolean): number[] {
  const low = fromZero ? 0 : range.min;
  const span = Math.max(range.max - low, range.max * 0.02, 1);
  const rough = span / 4;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * decade).find((candidate) => candidate >= rough) ?? 10 * decade;
  const ticks: number[] = [];
  for (let tick = Math.floor(low / step) * step; tick < range.max + step; tick += step) ticks.push(tick);
  return ticks;
}

const TIME_STEPS_MS = [500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000] as const;

/** Round times from the begin of measuring, at most eight, the domain's ends left to the axis. */
export function timeTicks(domainMs: { min: number; max: number }): number[] {
  const span = domainMs.max - domainMs.min;
  const step = TIME_STEPS_MS.find((candidate) => span / candidate <= 8) ?? Math.ceil(span / 8 / 60_000) * 60_000;
  const ticks: number[] = [];
  for (let tick = Math.ceil(domainMs.min / step) * step; tick <= domainMs.max; tick += step) ticks.push(tick);
  return ticks;
}
