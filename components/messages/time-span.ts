/** The stretch of time in view, and how zooming and panning change it. Microseconds since the trace's origin. */

export type TimeSpan = { fromUs: number; toUs: number };

/** Narrower than this nothing more is to be seen: points carry nanoseconds. */
const NARROWEST_US = 1;

export function widthOf({ fromUs, toUs }: TimeSpan): number {
  return toUs - fromUs;
}

/** `factor` below 1 zooms in; what lies at `anchor` (0 left, 1 right) stays where it is. */
export function zoom(span: TimeSpan, factor: number, anchor: number, bounds: TimeSpan): TimeSpan {
  const widest = Math.max(NARROWEST_US, widthOf(bounds));
  const width = Math.min(widest, Math.max(NARROWEST_US, widthOf(span) * factor));
  const fromUs = span.fromUs + (widthOf(span) - width) * anchor;
  return keepWithin({ fromUs, toUs: fromUs + width }, bounds);
}

/** By a share of the width: 1 is one whole screen to the right. */
export function pan(span: TimeSpan, share: number, bounds: TimeSpan): TimeSpan {
  const by = widthOf(span) * share;
  return keepWithin({ fromUs: span.fromUs + by, toUs: span.toUs + by }, bounds);
}

/** An operation with some room at both sides. */
export function around(fromUs: number, toUs: number): TimeSpan {
  const room = Math.max(NARROWEST_US, (toUs - fromUs) * 0.06);
  return { fromUs: fromUs - room, toUs: toUs + room };
}

/** Pushes a span back so that it does not leave what there is. */
function keepWithin(span: TimeSpan, bounds: TimeSpan): TimeSpan {
  const width = widthOf(span);
  if (width >= widthOf(bounds)) {
    const middle = (bounds.fromUs + bounds.toUs) / 2;
    return { fromUs: middle - width / 2, toUs: middle + width / 2 };
  }
  const fromUs = Math.min(Math.max(span.fromUs, bounds.fromUs), bounds.toUs - width);
  return { fromUs, toUs: fromUs + width };
}

/** Steps of 1, 2 and 5 times a power of ten, so that at most `most` ticks fit into the width. */
export function tickStepUs(widthUs: number, most: number): number {
  const rough = widthUs / Math.max(1, most);
  const decade = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * decade).find((step) => step >= rough) ?? decade * 10;
}

/** From, to and their width as numbers in an address; null for anything else. */
export function readSpan(from: string, to: string): TimeSpan | null {
  const fromUs = Number(from);
  const toUs = Number(to);
  if (from === '' || to === '' || !Number.isFinite(fromUs) || !Number.isFinite(toUs) || toUs <= fromUs) return null;
  return { fromUs, toUs };
}

const UNITS = [
  { below: 1, unit: 'ns', us: 1e-3 },
  { below: 1e3, unit: 'µs', us: 1 },
  { below: 1e6, unit: 'ms', us: 1e3 },
  { below: Infinity, unit: 's', us: 1e6 },
] as const;

/** `200 µs`, `1.5 ms`, `2 s`: no digit more than it has. In the unit that suits `largest`, for the ticks of one axis. */
export function formatSpan(us: number, largest: number = us): string {
  const { unit, us: unitUs } = UNITS.find(({ below }) => Math.abs(largest) < below) ?? UNITS[3];
  return us === 0 ? '0' : `${Number((us / unitUs).toPrecision(4)).toLocaleString('en-US')} ${unit}`;
}
