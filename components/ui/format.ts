/** Numbers and times as people read them: units always, thousands separated, no more digits than the figure carries. */

const grouped = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

function group(value: number, digits: 0 | 1 | 2): string {
  return (grouped[digits] ?? grouped[0])?.format(value) ?? String(value);
}

/** What stands where a value is not known. */
export const UNKNOWN = '–';

/** `20,000`; the dash for null. */
export function formatCount(value: number | null): string {
  return value === null ? UNKNOWN : group(value, 0);
}

/** A latency in nanoseconds with the unit that suits it, in two parts so that the unit can be set apart. */
export function latencyParts(ns: number | null): { value: string; unit: string } {
  if (ns === null) return { value: UNKNOWN, unit: '' };
  if (ns < 1_000) return { value: group(ns, 0), unit: 'ns' };
  if (ns < 9_995) return { value: group(ns / 1e3, 2), unit: 'µs' };
  if (ns < 999_950) return { value: group(ns / 1e3, 1), unit: 'µs' };
  if (ns < 9_995_000) return { value: group(ns / 1e6, 2), unit: 'ms' };
  if (ns < 999_950_000) return { value: group(ns / 1e6, 1), unit: 'ms' };
  return { value: group(ns / 1e9, 2), unit: 's' };
}

/** `131.4 µs`, `2.31 ms`. */
export function formatLatency(ns: number | null): string {
  const { value, unit } = latencyParts(ns);
  return unit === '' ? value : `${value} ${unit}`;
}

/** Microseconds without the unit, for a column whose head names it: `207.9`, `12,340`. */
export function formatMicros(ns: number | null): string {
  if (ns === null) return UNKNOWN;
  return group(ns / 1e3, ns < 999_950 ? 1 : 0);
}

/** Requests per second without the unit: `4,690`, `3.4`. */
export function formatRate(perSecond: number | null): string {
  if (perSecond === null) return UNKNOWN;
  return group(perSecond, perSecond < 100 ? 1 : 0);
}

/** A measured length of time: `820 ms`, `38.4 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  if (ms < 1_000) return `${group(ms, 0)} ms`;
  if (ms < 59_950) return `${group(ms / 1e3, 1)} s`;
  const seconds = Math.round(ms / 1e3);
  if (seconds < 3_600) return joinParts(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return joinParts(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** An estimate, without false precision: `5 s`, `45 s`, `3 min`, `2 h`. */
export function formatEstimate(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1e3));
  if (seconds < 20) return `${seconds} s`;
  if (seconds < 90) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}

function joinParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** `41.3 MB`; powers of 1,000. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${group(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit] ?? 'B'}`;
}

/** A share 0..1 as `64 %`. */
export function formatShare(share: number | null): string {
  return share === null ? UNKNOWN : `${group(share * 100, share > 0 && share < 0.0995 ? 1 : 0)} %`;
}

/** A plain ratio: `0.90`. */
export function formatRatio(ratio: number | null): string {
  return ratio === null ? UNKNOWN : group(ratio, 2);
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const clockMinutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Local time of day, `14:31:40`, of milliseconds since the Unix epoch. */
export function formatClock(epochMs: number): string {
  return clock.format(epochMs);
}

/** `14:31` today, `22 Nov 14:31` on another day. */
export function formatWhen(epochMs: number, nowMs: number = Date.now()): string {
  const sameDay = new Date(epochMs).toDateString() === new Date(nowMs).toDateString();
  return sameDay ? clockMinutes.format(epochMs) : `${day.format(epochMs)} ${clockMinutes.format(epochMs)}`;
}

/** `1 replica`, `5 replicas`. */
export function formatPlural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
