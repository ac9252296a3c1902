import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap } from './box';
import type {
  Difference,
  EcdfLines,
  OverTime,
  PairLines,
  PairRatios,
  PercentileLines,
  RateOverTime,
  SizeRatios,
  ThroughputLatency,
  ViewLanes,
} from './data';
import { drawEcdf } from './ecdf-plot';
import { drawDifference } from './latency-difference';
import { drawOverTime } from './latency-over-time';
import { measurePicture } from './measure-picture';
import { drawPairLines } from './pair-lines';
import { drawPairRatios } from './pair-ratios';
import { toStandalone } from './palette';
import { drawPercentiles } from './percentile-plot';
import type { Picture } from './picture';
import { drawSizeRatios } from './size-ratios';
import { toMarkup } from './svg';
import { drawThroughputLatency } from './throughput-latency';
import { drawRateOverTime } from './throughput-over-time';
import { drawViewTimeline } from './view-timeline';

const name = fc.oneof(
  fc.constantFrom('baseline', 'sendmmsg', 'multicast', 'tc_broadcast', 'all_offloads', '<b>"&\'', 'x'.repeat(90)),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const side = fc.record({ variant: name, label: name });
const ratio = fc.oneof(
  fc.constantFrom(1, 0.98, 0.01, 100),
  fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power),
);
const ns = fc.oneof(
  fc.constantFrom(100, 131_400, 1e9),
  fc.integer({ min: 100_000, max: 400_000 }),
  fc.double({ min: 0, max: 10.5, noNaN: true }).map((power) => 10 ** power),
);
const ordered = (value: fc.Arbitrary<number>) =>
  fc.tuple(value, value).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const band = orNull(fc.record({ range: ordered(ratio), label: name }));
const width = fc.oneof(fc.constantFrom(240, 340, 479, 480, 720, 1180), fc.integer({ min: 240, max: 1600 }));

const pairRatios: fc.Arbitrary<PairRatios> = fc.record({
  variant: side,
  metricTitle: name,
  pairs: fc.array(fc.record({ pair: fc.integer({ min: 1, max: 99 }), ratio, counted: fc.boolean() }), { maxLength: 60 }),
  summary: orNull(fc.record({ median: ratio, ci95: orNull(ordered(ratio)), n: fc.integer({ min: 1, max: 60 }) })),
  noise: band,
  paper: band,
});
const figure = fc.oneof(ns, fc.constant(0));
const pairLines: fc.Arbitrary<PairLines> = fc.record({
  base: side,
  variant: side,
  metricTitle: name,
  unit: fc.constantFrom('ns', 'per_s'),
  pairs: fc.array(fc.record({ pair: fc.nat(60), base: figure, variant: figure, counted: fc.boolean() }), { maxLength: 60 }),
});
const size = fc.record({
  replicas: fc.constantFrom(3, 5, 7, 9),
  ratios: fc.array(ratio, { maxLength: 20 }),
  median: orNull(ratio),
  interval: orNull(fc.record({ range: ordered(ratio), isInterval: fc.boolean() })),
  noise: orNull(ordered(ratio)),
  paper: band,
});
const sizeRatios: fc.Arbitrary<SizeRatios> = fc.record({
  metricTitle: name,
  series: fc.array(
    fc.record({ variant: side, sizes: fc.uniqueArray(size, { maxLength: 4, selector: ({ replicas }) => replicas }) }),
    { maxLength: 5 },
  ),
  claim: orNull(fc.record({ replicas: fc.constantFrom(3, 11), ratio, label: name, remark: name })),
});
const percentiles: fc.Arbitrary<PercentileLines> = fc.record({
  lines: fc.array(
    fc.record({
      side,
      points: fc.array(
        fc.record({
          percentile: fc.constantFrom(0, 12.5, 50, 90, 99, 99.9, 99.99, 99.999, 100),
          ns,
          range: orNull(ordered(ns)),
        }),
        { maxLength: 12 },
      ),
    }),
    { maxLength: 6 },
  ),
});
const ecdf: fc.Arbitrary<EcdfLines> = fc.record({
  lines: fc.array(
    fc.record({
      side,
      points: fc.array(ns, { maxLength: 40 }).map((all) => {
        const sorted = [...all].sort((a, b) => a - b);
        return sorted.map((at, index) => ({ ns: at, share: (index + 1) / sorted.length }));
      }),
    }),
    { maxLength: 6 },
  ),
});
const domainMs = ordered(fc.integer({ min: -5_000, max: 90_000 })).map(([low, high]): [number, number] => [low, high + 100]);
const values = fc.record({ skipped: fc.constantFrom(0, 0, 0, 7), p50Ns: orNull(ns), p99Ns: orNull(ns) });
const windows = fc
  .tuple(fc.integer({ min: -5_000, max: 20_000 }), fc.array(values))
  .map(([first, all]) =>
    all.map(({ skipped, ...known }, index) => ({ startMs: first + (index + skipped) * 500, widthMs: 500, ...known })),
  );
const kind = fc.constantFrom('fault' as const, 'outage' as const, 'leader' as const, 'look' as const);
const marks = {
  moments: fc.array(fc.record({ atMs: fc.integer({ min: -6_000, max: 100_000 }), label: name, kind }), { maxLength: 6 }),
  spans: fc.array(
    ordered(fc.integer({ min: -6_000, max: 100_000 })).chain(([fromMs, toMs]) =>
      fc.tuple(name, kind).map(([label, what]) => ({ fromMs, toMs, label, kind: what })),
    ),
    { maxLength: 4 },
  ),
};
const ends = fc.constantFrom('medians' as const, 'newest' as const);
const overTime: fc.Arbitrary<OverTime> = fc.record({
  side,
  points: windows,
  rangeNs: orNull(ordered(ns)),
  domainMs,
  ends,
  ...marks,
});
const edges = fc.option(fc.record({ left: fc.integer({ min: 30, max: 80 }), right: fc.integer({ min: 170, max: 1_500 }) }), {
  nil: undefined,
});
const rateOverTime: fc.Arbitrary<RateOverTime> = fc.record({
  edges,
  side,
  points: fc
    .array(fc.double({ min: 0, max: 1e6, noNaN: true }))
    .map((rates) => rates.map((throughputPerS, index) => ({ startMs: index * 500 - 2000, widthMs: 500, throughputPerS }))),
  domainMs,
  ...marks,
});
const status = fc.constantFrom(
  'leader' as const,
  'normal' as const,
  'view_change' as const,
  'recovering' as const,
  'down' as const,
  'lost_memory' as const,
);
/** Segments of a lane follow each other, with and without gaps. */
const segments = fc
  .array(
    fc.record({ status, view: orNull(fc.nat(120)), words: name, lastsMs: fc.nat(20_000), gap: fc.constantFrom(0, 0, 900) }),
  )
  .map((all) => {
    let toMs = -5_000;
    return all.map(({ lastsMs, gap, ...rest }) => {
      const fromMs = toMs + gap;
      toMs = fromMs + lastsMs;
      return { ...rest, fromMs, toMs };
    });
  });
const viewLanes: fc.Arbitrary<ViewLanes> = fc.record({
  lanes: fc.array(fc.record({ name, short: name, segments }), { maxLength: 7 }),
  domainMs,
  ...marks,
});
const difference: fc.Arbitrary<Difference> = fc.record({
  base: side,
  variant: side,
  points: fc.array(
    fc.record({
      startMs: fc.nat(90_000),
      widthMs: fc.constantFrom(100, 500),
      differenceNs: orNull(fc.integer({ min: -1e9, max: 1e9 })),
    }),
  ),
});
const throughput: fc.Arbitrary<ThroughputLatency> = fc.record({
  curves: fc.array(
    fc.record({
      side,
      points: fc.array(
        fc.record({
          clients: fc.integer({ min: 1, max: 4096 }),
          throughputPerS: fc.double({ min: 0, max: 1e6, noNaN: true }),
          p50Ns: ns,
          p99Ns: ns,
        }),
        { maxLength: 10 },
      ),
    }),
    { maxLength: 6 },
  ),
});

function expectSound({ root, width: wide, height }: Picture): void {
  const { shapes, texts } = measurePicture(root);
  const sheet = { left: -0.1, top: -0.1, right: wide + 0.1, bottom: height + 0.1 };
  const outside = [...shapes, ...texts].filter(
    ({ left, top, right, bottom }) =>
      !(left >= sheet.left && top >= sheet.top && right <= sheet.right && bottom <= sheet.bottom),
  );
  expect(outside).toEqual([]);
  const covered = texts.flatMap((text, index) =>
    texts.slice(index + 1).flatMap((other) => (overlap(shrink(text), other) ? [[text, other]] : [])),
  );
  expect(covered).toEqual([]);
  expect(String(root.attributes['aria-label'])).toMatch(/\.$/);
  expect(toMarkup(root)).not.toMatch(/NaN|Infinity|undefined/);
  for (const theme of ['dark', 'light'] as const)
    expect(toStandalone({ root, width: wide, height, plot: null }, { theme })).not.toContain('var(');
}

/** Boxes that only touch do not cover each other. */
function shrink<T extends { top: number; bottom: number; left: number; right: number }>(box: T): T {
  return { ...box, top: box.top + 1, bottom: box.bottom - 1, left: box.left + 0.5, right: box.right - 0.5 };
}

function check<T>(data: fc.Arbitrary<T>, draw: (data: T, sheet: { width: number }) => Picture): void {
  fc.assert(
    fc.property(data, width, (given, wide) => expectSound(draw(given, { width: wide }))),
    { numRuns: 50 },
  );
}

describe('whatever the data, nothing lies outside the picture and no text covers another', () => {
  it('in pair ratios', () => check(pairRatios, drawPairRatios));
  it('in pair lines', () => check(pairLines, drawPairLines));
  it('in size ratios', () => check(sizeRatios, drawSizeRatios));
  it('in percentiles', () => check(percentiles, drawPercentiles));
  it('in the ECDF', () => check(ecdf, drawEcdf));
  it('in latency over time', () => check(overTime, drawOverTime));
  it('in throughput over time', () => check(rateOverTime, drawRateOverTime));
  it('in the timeline of views', () => check(viewLanes, drawViewTimeline));
  it('in the difference', () => check(difference, drawDifference));
  it('in throughput and latency', () => check(throughput, drawThroughputLatency));
});
