/** Round values for axes. Each list begins at or below the range and ends at or above it: its ends are the axis' ends. */

/** At most `most` + 1 round values, equally far apart. */
export function linearTicks([low, high]: readonly [number, number], most: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / Math.max(most, 1);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * decade).find((candidate) => candidate >= rough * (1 - 1e-9));
  const width = step ?? 10 * decade;
  const first = Math.floor(low / width + 1e-9);
  const last = Math.max(Math.ceil(high / width - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => tidy((first + at) * width));
}

const LADDERS = [[1, 2, 3, 5], [1, 2, 5], [1, 3], [1]] as const;

/** For a log axis, `low` above 0: linear steps within a factor of four, above it the densest ladder that has room. */
export function logTicks([low, high]: readonly [number, number], most: number): number[] {
  if (high / low < 4) {
    const linear = linearTicks([low, high], most);
    if ((linear[0] ?? 0) > 0) return linear;
  }
  for (const ladder of LADDERS) {
    const ticks = climb([low, high], ladder, 1);
    if (ticks.length <= most + 1) return ticks;
  }
  const decades = Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low));
  return climb([low, high], [1], Math.ceil(decades / Math.max(most, 1)));
}

/** The steps of every `stride`-th decade, as few as hold the range. */
function climb([low, high]: readonly [number, number], steps: readonly number[], stride: number): number[] {
  const ladder: number[] = [];
  const last = Math.ceil(Math.log10(high)) + stride;
  for (let decade = Math.floor(Math.log10(low)); decade <= last; decade += stride) {
    for (const step of steps) ladder.push(tidy(step * 10 ** decade));
  }
  const from = ladder.findLastIndex((tick) => tick <= low * (1 + 1e-9));
  const to = ladder.findIndex((tick) => tick >= high * (1 - 1e-9));
  return ladder.slice(Math.max(from, 0), Math.max(to, from + 1) + 1);
}

const TIME_STEPS_MS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000] as const;

/** Round times inside the domain, at most `most` + 1; here the axis' ends are the domain's. */
export function timeTicks([low, high]: readonly [number, number], most: number): number[] {
  const rough = (high - low) / Math.max(most, 1);
  const step = TIME_STEPS_MS.find((candidate) => candidate >= rough) ?? Math.ceil(rough / 60_000) * 60_000;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, at) => (first + at) * step);
}

const NINES = [0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999, 99.99999] as const;

/** 0, 50, 90, 99, 99.9 ... up to the last percentile there is. */
export function percentileTicks(highest: number): number[] {
  return NINES.filter((tick) => tick <= highest + 1e-9);
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
