const two = (value: number) => String(value).padStart(2, '0');

/** `14:32:26.000093` in local time, of the engine's `sec.nanos`. */
export function formatLogTime(time: string): string {
  const [seconds = '0', nanos = ''] = time.split('.');
  const date = new Date(Number(seconds) * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${nanos.padEnd(6, '0').slice(0, 6)}`;
}

/** Milliseconds since the Unix epoch, of the engine's `sec.nanos`. */
export function logTimeMs(time: string): number {
  return Number(time) * 1000;
}

/** `14:32:26.1` in local time, of milliseconds since the Unix epoch. */
export function formatMoment(epochMs: number): string {
  const date = new Date(epochMs);
  const tenths = Math.floor(date.getMilliseconds() / 100);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${tenths}`;
}

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?$/;
const DAY_MS = 86_400_000;

/**
 * What somebody typed as a moment, in milliseconds since the Unix epoch: `14:32:32.0` on the day that lies nearest to
 * `aroundMs`, in local time, or a full ISO time. Null if it is neither.
 */
export function parseMoment(typed: string, aroundMs: number): number | null {
  const words = typed.trim();
  const clock = CLOCK.exec(words);
  if (clock === null) {
    const iso = /^\d{4}-\d{2}-\d{2}T/.test(words) ? Date.parse(words) : Number.NaN;
    return Number.isNaN(iso) ? null : iso;
  }
  const [hours, minutes, seconds] = [clock[1], clock[2], clock[3] ?? '0'].map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const part = Number(clock[4] ?? 0) * 1000;
  const sameDay = new Date(aroundMs).setHours(hours, minutes, seconds, 0) + part;
  const days = [sameDay - DAY_MS, sameDay, sameDay + DAY_MS];
  return days.reduce((nearest, day) => (Math.abs(day - aroundMs) < Math.abs(nearest - aroundMs) ? day : nearest));
}
