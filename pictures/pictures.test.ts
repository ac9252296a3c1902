import { describe, expect, it } from 'vitest';
import type { PairRatios, SizeRatios } from './data';
import { drawDifference } from './latency-difference';
import { drawOverTime } from './latency-over-time';
import { measurePicture } from './measure-picture';
import { drawPairLines } from './pair-lines';
import { drawPairRatios } from './pair-ratios';
import { drawPercentiles } from './percentile-plot';
import type { Picture } from './picture';
import { drawSizeRatios } from './size-ratios';
import { toMarkup } from './svg';
import { drawViewTimeline } from './view-timeline';

const baseline = { variant: 'baseline', label: 'baseline' };
const tc = { variant: 'tc_broadcast', label: 'tc_broadcast' };
const wide = { width: 720 };

/** The texts of a picture, those of `title` elements apart. */
function textsOf({ root }: Picture): string[] {
  return [...toMarkup(root).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}
const saysOf = ({ root }: Picture) => String(root.attributes['aria-label']);

function pairRatios(count: number, change: Partial<PairRatios> = {}): PairRatios {
  const pairs = Array.from({ length: count }, (_, index) => ({ pair: index + 1, ratio: 0.9 + index / 100, counted: true }));
  const summary = { median: 0.92, ci95: [0.9, 0.94] as [number, number], n: count };
  return { variant: tc, metricTitle: 'p50', pairs, summary, noise: null, paper: null, ...change };
}

describe('pair ratios', () => {
  it('show an interval from six pairs on', () => {
    const picture = drawPairRatios(pairRatios(6), wide);
    expect(textsOf(picture)).toContain('median, 95 % CI');
    expect(saysOf(picture)).toBe(
      'Ratio of p50 of tc_broadcast in 6 pairs, median 0.92 of 6 pairs, 95 % interval 0.90 to 0.94.',
    );
  });

  it('show the range of the pairs below six, whatever interval is given', () => {
    const picture = drawPairRatios(pairRatios(5), wide);
    expect(textsOf(picture)).toContain('median, range');
    expect(saysOf(picture)).toContain('range of the pairs 0.90 to 0.94');
  });

  it('draw a pair that does not count dashed, and leave it out of the range', () => {
    const { pairs } = pairRatios(3);
    const shown = drawPairRatios(pairRatios(3, { pairs: [...pairs, { pair: 4, ratio: 3, counted: false }] }), wide);
    expect(toMarkup(shown.root)).toContain('<title>pair 4: p50 ratio 3.00, does not count</title>');
    expect(saysOf(shown)).toContain('range of the pairs 0.90 to 0.92, 1 shown but not counted');
  });

  it('name the bands in the plot, or below it where there is no room', () => {
    const noise = { range: [0.95, 1.1] as [number, number], label: 'noise floor' };
    expect(textsOf(drawPairRatios(pairRatios(6, { noise }), wide))).toContain('noise floor: 0.95 to 1.10');
    const long = { ...noise, label: 'a name that is much too long for a plot on a phone' };
    const [narrow, plain] = [{ noise: long }, {}].map((change) => drawPairRatios(pairRatios(6, change), { width: 340 }));
    expect(narrow?.height).toBeGreaterThan(plain?.height ?? 0);
  });

  it('say why there is nothing to see', () => {
    const picture = drawPairRatios(pairRatios(0, { summary: null }), wide);
    expect(textsOf(picture)).toEqual(['No pair has a ratio of p50 yet.']);
    expect(picture.plot).toBeNull();
  });
});

describe('pair lines', () => {
  it('mark the medians of the pairs that count', () => {
    const pairs = [200_000, 220_000, 240_000].map((base, index) => ({
      pair: index + 1,
      base,
      variant: base - 20_000,
      counted: true,
    }));
    const odd = { pair: 4, base: 100_000, variant: 900_000, counted: false };
    const data = { base: baseline, variant: tc, metricTitle: 'p50', unit: 'ns' as const, pairs: [...pairs, odd] };
    const picture = drawPairLines(data, wide);
    expect(textsOf(picture)).toEqual(expect.arrayContaining(['220.0 µs', '200.0 µs', 'baseline', 'tc_broadcast']));
    expect(saysOf(picture)).toContain('lower in 3 of 3, 1 shown but not counted');
  });
});

describe('size ratios', () => {
  it('show a claim crossed out with why it is not compared', () => {
    const size = { replicas: 3, ratios: [0.94, 0.98, 1.04], median: 0.98, noise: null, paper: null };
    const data: SizeRatios = {
      metricTitle: 'p50',
      series: [{ variant: tc, sizes: [{ ...size, interval: { range: [0.94, 1.04], isInterval: false } }] }],
      claim: { replicas: 3, ratio: 0.79, label: 'PoC claim 0.79', remark: 'replica3 was never sent a copy' },
    };
    const texts = textsOf(drawSizeRatios(data, wide));
    expect(texts).toEqual(expect.arrayContaining(['PoC claim 0.79, not compared:', 'replica3 was never sent a copy', '0.98']));
    expect(texts).toContain('range of the pairs: fewer than six');
  });
});

describe('size ratios of a size that waits for its pairs', () => {
  it('show what the paper says there, inside the plot', () => {
    const waiting = { ratios: [], median: null, interval: null, noise: null };
    const measured = { replicas: 3, ratios: [1], median: 1, interval: null, noise: null, paper: null };
    const paper = { range: [0.4, 0.5] as [number, number], label: 'paper' };
    const data = {
      metricTitle: 'p50',
      series: [{ variant: tc, sizes: [measured, { replicas: 5, ...waiting, paper }] }],
      claim: null,
    };
    const { root, height } = drawSizeRatios(data, wide);
    const { shapes, texts } = measurePicture(root);
    expect(texts.map(({ content }) => content)).toContain('paper: 0.40 to 0.50');
    expect(Math.max(...shapes.map(({ bottom }) => bottom))).toBeLessThan(height);
  });
});

describe('latency over time', () => {
  const window = (startMs: number, ns: number | null) => ({ startMs, widthMs: 500, p50Ns: ns, p99Ns: null });

  it('bridges neither an empty window nor a missing one', () => {
    const points = [window(0, 100), window(500, 100), window(1_000, null), window(1_500, 100), window(3_000, 100)];
    const picture = drawOverTime({ side: tc, points, rangeNs: [50, 200], domainMs: [0, 4_000] }, wide);
    const line = /<path d="([^"]*)"[^>]*stroke-width="1.9"/.exec(toMarkup(picture.root))?.[1];
    expect(line?.match(/M/g)).toHaveLength(3);
    expect(saysOf(picture)).toContain('5 windows, 1 without requests');
  });

  it('has one scale for sides that are given one range', () => {
    const draw = (ns: number) =>
      drawOverTime({ side: tc, points: [window(0, ns)], rangeNs: [1_000, 9_000], domainMs: [0, 500] }, wide).plot?.y.domain;
    expect(draw(2_000)).toEqual(draw(8_000));
  });
});

describe('faults over time', () => {
  const points = [0, 500, 1_000, 1_500].map((startMs) => ({ startMs, widthMs: 500, p50Ns: 100, p99Ns: 200 }));
  const spans = [
    { fromMs: 500, toMs: 1_500, label: 'kill replica1', kind: 'fault' as const },
    { fromMs: 0, toMs: 2_000, label: 'eBPF watched', kind: 'look' as const },
  ];

  it('are shaded, named and explained, by eye and by ear', () => {
    const picture = drawOverTime({ side: tc, points, rangeNs: null, domainMs: [0, 2_000], spans }, wide);
    expect(textsOf(picture)).toEqual(expect.arrayContaining(['kill replica1', 'fault']));
    expect(toMarkup(picture.root)).toContain('fill="var(--fault-fill)"');
    expect(saysOf(picture)).toMatch(/ Faults: kill replica1 from 0.5 to 1.5 s\.$/);
  });

  it('are not what somebody looked at', () => {
    const [, look] = spans;
    const picture = drawOverTime({ side: tc, points, rangeNs: null, domainMs: [0, 2_000], spans: look && [look] }, wide);
    expect(toMarkup(picture.root)).not.toContain('--fault');
    expect(textsOf(picture)).not.toContain('fault');
  });
});

describe('the timeline of views', () => {
  const lanes = [
    {
      name: 'replica1',
      short: 'r1',
      segments: [
        { fromMs: 0, toMs: 5_000, status: 'leader' as const, view: 0, words: 'leads view 0' },
        { fromMs: 5_000, toMs: 10_000, status: 'down' as const, view: null, words: 'killed' },
      ],
    },
  ];

  it('stands edge below edge with the chart above', () => {
    const { plot } = drawViewTimeline({ lanes, domainMs: [0, 10_000], edges: { left: 61, right: 655 } }, wide);
    expect([plot?.left, plot?.right, plot?.x.domain]).toEqual([61, 655, [0, 10_000]]);
  });

  it('tells every status by words or a letter, in the bar, the key and the sentence', () => {
    const picture = drawViewTimeline({ lanes, domainMs: [0, 10_000] }, wide);
    expect(textsOf(picture)).toEqual(expect.arrayContaining(['r1', 'v0 leads', 'killed', 'leads', 'down']));
    expect(saysOf(picture)).toBe('Views over time: replica1 leads view 0 from 0 s, killed from 5 s.');
  });
});

describe('the difference', () => {
  it('says which side of zero is faster', () => {
    const points = [-20_000, -10_000, 5_000].map((differenceNs, at) => ({ startMs: at * 500, widthMs: 500, differenceNs }));
    const picture = drawDifference({ base: baseline, variant: tc, points }, wide);
    expect(textsOf(picture)).toEqual(expect.arrayContaining(['slower ↑', 'faster ↓', '0', '+10']));
    expect(saysOf(picture)).toBe('p50 of tc_broadcast less baseline over 3 windows: median −10.0 µs, faster in 2 of 3.');
  });
});

describe('percentiles', () => {
  it('stand on a log tail, without the 100th', () => {
    const points = [50, 90, 99, 99.9, 100].map((percentile) => ({ percentile, ns: percentile * 1_000, range: null }));
    const picture = drawPercentiles({ lines: [{ side: tc, points }] }, wide);
    expect(picture.plot?.x).toMatchObject({ kind: 'tail', domain: [0, 99.9] });
    expect(textsOf(picture)).toEqual(expect.arrayContaining(['50', '90', '99', '99.9', 'percentile, log tail', 'µs, log']));
  });
});
