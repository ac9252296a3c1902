import { formatCount, UNKNOWN } from '@/components/ui/format';

/** Nanoseconds per run: `318`, `46.2`. */
export function formatNsPerRun(ns: number | null): string {
  if (ns === null) return UNKNOWN;
  return ns < 100 ? ns.toFixed(1) : formatCount(ns);
}

/** A share of one core with as many digits as a small one needs: `1.44 %`, `0.093 %`. */
export function formatCoreShare(share: number | null): string {
  if (share === null) return UNKNOWN;
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent < 0.001) return '< 0.001 %';
  return `${percent < 0.1 ? percent.toFixed(3) : percent < 10 ? percent.toFixed(2) : percent.toFixed(1)} %`;
}

const clockMs = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** Local time of day to the millisecond: `14:32:32.401`. */
export function formatClockMs(epochMs: number): string {
  return clockMs.format(epochMs);
}
