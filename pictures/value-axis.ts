import type { Axis } from './axis';
import { decimalsOf, formatNumber } from './figures';
import { extentOf } from './scale';
import { linearTicks, logTicks } from './ticks';

export type Unit = 'ns' | 'per_s' | 'ratio';

type AxisWish = {
  unit: Unit;
  /** Pixels from the lowest to the highest value. */
  range: [number, number];
  /** log, or by the values: log where they span more than `LOG_FROM` times. */
  kind?: 'log' | 'linear';
  /** About so many steps. */
  most: number;
};

const LOG_FROM = 5;
const LOG_WORD = ', log';

/** An axis that holds all the values, at least one of them; a log axis only where all are above 0. */
export function valueAxis(values: readonly number[], { unit, range, kind, most }: AxisWish): Axis {
  const extent = widen(extentOf(values) ?? [0, 1]);
  const log = extent[0] > 0 && (kind ?? (extent[1] / extent[0] > LOG_FROM ? 'log' : 'linear')) === 'log';
  const [name, divisor] = nameUnit(unit, extent, log);
  const scaled: [number, number] = [extent[0] / divisor, extent[1] / divisor];
  const rungs = log ? logTicks(scaled, most) : linearTicks(scaled, most);
  const even = decimalsOf(rungs);
  const far = log && (rungs.at(-1) ?? 1) / (rungs[0] ?? 1) > LOG_FROM;
  const ticks = rungs.map((rung) => rung * divisor);
  return {
    scale: { kind: log ? 'log' : 'linear', domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], range },
    ticks,
    format: (value) => formatNumber(value / divisor, far ? decimalsOf([value / divisor]) : even),
    unit: log ? `${name}${LOG_WORD}` : name,
  };
}

/** Equal values get room around them: a twentieth each way. */
function widen([low, high]: [number, number]): [number, number] {
  const middle = (low + high) / 2;
  const least = Math.abs(middle) * 0.05 || 1;
  return high - low >= least / 5 ? [low, high] : [middle - least, middle + least];
}

const TIMES = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
] as const;

/** The largest unit of time that leaves the smallest value above 1; on a log axis the middle above 5. */
function nameUnit(unit: Unit, [low, high]: [number, number], log: boolean): readonly [string, number] {
  if (unit === 'ratio') return ['ratio', 1];
  if (unit === 'per_s') return ['req/s', 1];
  const judged = log ? Math.sqrt(low * high) / 5 : low > 0 ? low : Math.max(Math.abs(low), Math.abs(high));
  return TIMES.find(([, size]) => judged >= size) ?? ['ns', 1];
}
