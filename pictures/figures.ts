/** Numbers as the pictures write them: thousands separated, no more digits than the figure carries, units said. */

const formats = new Map<number, Intl.NumberFormat>();

/** `1,234.5`, with a true minus. */
export function formatNumber(value: number, decimals: number): string {
  const known = formats.get(decimals);
  const format = known ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  if (known === undefined) formats.set(decimals, format);
  const text = format.format(value);
  return /[1-9]/.test(text) ? text.replace('-', '−') : text.replace('-', '');
}

/** `131.4 µs`, `2.31 ms`, `−12.0 µs`, of nanoseconds. */
export function formatLatency(ns: number): string {
  const size = Math.abs(ns);
  if (size < 999.5) return `${formatNumber(ns, 0)} ns`;
  if (size < 9_995) return `${formatNumber(ns / 1e3, 2)} µs`;
  if (size < 999_950) return `${formatNumber(ns / 1e3, 1)} µs`;
  if (size < 9_995_000) return `${formatNumber(ns / 1e6, 2)} ms`;
  if (size < 999_950_000) return `${formatNumber(ns / 1e6, 1)} ms`;
  return `${formatNumber(ns / 1e9, 2)} s`;
}

/** `4,222 /s`. */
export function formatRate(perSecond: number): string {
  return `${formatNumber(perSecond, perSecond < 100 ? 1 : 0)} /s`;
}

export function formatFigure(value: number, unit: 'ns' | 'per_s'): string {
  return unit === 'ns' ? formatLatency(value) : formatRate(value);
}

/** `0.98`; more digits below 0.1, fewer from 10 on. */
export function formatRatio(ratio: number): string {
  if (ratio < 0.0995) return formatNumber(ratio, 3);
  return formatNumber(ratio, ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0);
}

/** `0.95 to 1.10`, by any of the formats above. */
export function formatRange([low, high]: readonly [number, number], format: (value: number) => string): string {
  return `${format(low)} to ${format(high)}`;
}

/** A share 0..1 as `12.4 %`. */
export function formatShare(share: number): string {
  return `${formatNumber(share * 100, share > 0.9995 || share === 0 ? 0 : 1)} %`;
}

/** Milliseconds as seconds without the unit: `12`, `0.5`. */
export function formatSeconds(ms: number): string {
  return formatNumber(ms / 1_000, decimalsOf([ms / 1_000]));
}

/** `1 pair`, `10 pairs`. */
export function formatCount(count: number, one: string): string {
  return `${formatNumber(count, 0)} ${count === 1 ? one : `${one}s`}`;
}

/** Digits behind the point that all of the values need, at most five. */
export function decimalsOf(values: readonly number[]): number {
  for (let decimals = 0; decimals < 5; decimals += 1) {
    const exact = (value: number) => Math.abs(value - Number(value.toFixed(decimals))) <= Math.abs(value) * 1e-9;
    if (values.every(exact)) return decimals;
  }
  return 5;
}
