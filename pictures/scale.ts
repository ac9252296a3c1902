import type { Scale } from './picture';

/** Where a value lies, in pixels. On a log scale values must be above 0, on a tail below 100. */
export function applyScale({ kind, domain, range }: Scale, value: number): number {
  const low = unfold(kind, domain[0]);
  const span = unfold(kind, domain[1]) - low;
  const share = span === 0 ? 0.5 : (unfold(kind, value) - low) / span;
  return range[0] + share * (range[1] - range[0]);
}

/** The value at a position: what `applyScale` came from. */
export function invertScale({ kind, domain, range }: Scale, position: number): number {
  const low = unfold(kind, domain[0]);
  const high = unfold(kind, domain[1]);
  const length = range[1] - range[0];
  const share = length === 0 ? 0.5 : (position - range[0]) / length;
  return fold(kind, low + share * (high - low));
}

/** Smallest and largest of the values, or null without any. */
export function extentOf(values: readonly number[]): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}

/** The middle one, or the mean of the middle two; null without any. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  return high === undefined || low === undefined ? null : (low + high) / 2;
}

function unfold(kind: Scale['kind'], value: number): number {
  return { linear: () => value, log: () => Math.log10(value), tail: () => -Math.log10(1 - value / 100) }[kind]();
}

function fold(kind: Scale['kind'], position: number): number {
  return { linear: () => position, log: () => 10 ** position, tail: () => 100 * (1 - 10 ** -position) }[kind]();
}
