import { formatFigure, formatNumber } from '@/pictures/figures';

/** Figures as a report's tables write them; what is not known is a dash. */
export const UNKNOWN = '–';

/** Three digits behind the point, as far as a ratio of a few pairs carries: `0.903`. */
export const sayRatio = (ratio: number | null): string => (ratio === null ? UNKNOWN : formatNumber(ratio, 3));

/** `0.881 to 0.922` */
export const sayRange = (range: readonly [number, number] | null): string =>
  range === null ? UNKNOWN : `${sayRatio(range[0])} to ${sayRatio(range[1])}`;

export function sayP(p: number | null): string {
  if (p === null) return UNKNOWN;
  return p < 0.001 ? '< 0.001' : formatNumber(p, 3);
}

export const sayFigure = (value: number | null, unit: 'ns' | 'per_s'): string =>
  value === null ? UNKNOWN : formatFigure(value, unit);

/** Microseconds for a column whose head names them. */
export const sayMicros = (ns: number | null): string => (ns === null ? UNKNOWN : formatNumber(ns / 1_000, 1));

export const sayCount = (value: number | null): string => (value === null ? UNKNOWN : formatNumber(value, 0));

/** `2025-11-23 12:13:20 UTC` of milliseconds since the Unix epoch. */
export function sayTime(ms: number | null): string {
  return ms === null ? UNKNOWN : `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
