import { type LatencyInterval, type LatencyPoint, mergeHistograms, percentile, type SparseHistogram } from './latency';

/** The narrowest window drawn. */
const WINDOW_MS = 500;

type Window = {
  n: number;
  coveredUs: number;
  maxNs: number;
  /** Of the intervals since the last merge, and what was merged until then. */
  histograms: SparseHistogram[];
  /** As it was last drawn; null since something came in. */
  point: LatencyPoint | null;
};

/**
 * Intervals gathered into windows for a chart, as they come: percentiles of the merged histogram of each window. The width
 * doubles from 500 ms until at most maxPoints windows span the run. Windows are aligned to the begin of measuring, so that a
 * live series only changes at its end until the width doubles. Memory grows with the windows, not with the run.
 */
export class LatencyWindows {
  readonly #maxPoints: number;
  readonly #warmupMs: number;
  #widthMs = WINDOW_MS;
  #windows = new Map<number, Window>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  /** The newest interval without its histogram. */
  #before: Pick<LatencyInterval, 'phase' | 'startUs' | 'durationUs'> | null = null;

  constructor({ maxPoints, warmupMs }: { maxPoints: number; warmupMs: number }) {
    this.#maxPoints = Math.max(2, maxPoints);
    this.#warmupMs = warmupMs;
  }

  add(interval: LatencyInterval): void {
    const middleMs = this.#place(interval);
    const { phase, startUs, durationUs } = interval;
    this.#before = { phase, startUs, durationUs };
    const at = Math.floor(middleMs / this.#widthMs);
    // The window before is not likely to get another interval: what it holds is merged once and for all.
    if (at !== this.#last) compact(this.#windows.get(this.#last));
    this.#windows.set(at, join(this.#windows.get(at), toWindow(interval)));
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
    while (this.#last - this.#first + 1 > this.#maxPoints) this.#widen();
  }

  /** From the first window to the last; null figures in those in which nothing completed. */
  points(): LatencyPoint[] {
    const points: LatencyPoint[] = [];
    for (let at = this.#first; at <= this.#last; at += 1) points.push(this.#draw(at));
    return points;
  }

  /** Where the interval's middle lies: starts are a few microseconds off the grid. */
  #place(interval: LatencyInterval): number {
    const before = this.#before;
    // A phase ends with the stragglers' remnant. As a window of its own it would be drawn as a spike of a few requests.
    const home = before !== null && isRemnant(interval, before) ? before : interval;
    const middleMs = (home.startUs + home.durationUs / 2) / 1000;
    // Warm-up stays left of zero even if it took longer than planned.
    return interval.phase === 'warmup' ? Math.min(middleMs - this.#warmupMs, -0.001) : middleMs;
  }

  #widen(): void {
    const narrow = [...this.#windows].sort(([a], [b]) => a - b);
    this.#widthMs *= 2;
    this.#windows = new Map();
    for (const [at, window] of narrow) {
      const wide = Math.floor(at / 2);
      const joined = join(this.#windows.get(wide), window);
      compact(joined);
      this.#windows.set(wide, joined);
    }
    this.#first = Math.floor(this.#first / 2);
    this.#last = Math.floor(this.#last / 2);
  }

  #draw(at: number): LatencyPoint {
    const place = { startMs: at * this.#widthMs, widthMs: this.#widthMs };
    const window = this.#windows.get(at);
    if (window === undefined) return toPoint({ n: 0, coveredUs: 0, maxNs: 0, histograms: [], point: null }, place);
    compact(window);
    window.point ??= toPoint(window, place);
    return window.point;
  }
}

function isRemnant(interval: LatencyInterval, before: Pick<LatencyInterval, 'phase' | 'durationUs'>): boolean {
  return interval.phase === before.phase && interval.durationUs < before.durationUs / 2;
}

function toWindow({ completed, durationUs, maxNs, hist }: LatencyInterval): Window {
  return { n: completed, coveredUs: durationUs, maxNs, histograms: [hist], point: null };
}

function join(window: Window | undefined, more: Window): Window {
  if (window === undefined) return { ...more, point: null };
  return {
    n: window.n + more.n,
    coveredUs: window.coveredUs + more.coveredUs,
    maxNs: Math.max(window.maxNs, more.maxNs),
    histograms: [...window.histograms, ...more.histograms],
    point: null,
  };
}

function compact(window: Window | undefined): void {
  if (window !== undefined && window.histograms.length > 1) window.histograms = [mergeHistograms(window.histograms)];
}

function toPoint({ n, coveredUs, maxNs, histograms }: Window, place: { startMs: number; widthMs: number }): LatencyPoint {
  const [merged = []] = histograms;
  const at = (percent: number) => (n === 0 ? null : Math.min(maxNs, percentile(merged, percent)));
  return {
    phase: place.startMs < 0 ? 'warmup' : 'measuring',
    ...place,
    n,
    p50Ns: at(50),
    p90Ns: at(90),
    p99Ns: at(99),
    maxNs: n === 0 ? null : maxNs,
    // The window at the live edge is only partly covered yet; its throughput is that of the covered part.
    throughputPerS: coveredUs === 0 ? 0 : (n * 1_000_000) / coveredUs,
  };
}
