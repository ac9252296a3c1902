import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineWindow } from './line-window';

type Line = { time: string; source: string; nth: number };
type Arrival = { line: Line; at: number };

const timeOf = (ms: number) => `${1_767_323_045 + Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}000000`;
const line = (source: string, ms: number, nth = 0): Line => ({ source, time: timeOf(ms), nth });

/** Lets the lines arrive, and takes every few milliseconds of the run, then all that is left. */
function run(arrivals: Arrival[], everyMs: number, window = new LineWindow<Line>()) {
  const given: { line: Line; late: boolean; at: number }[] = [];
  const sorted = arrivals.toSorted((a, b) => a.at - b.at);
  const end = sorted.at(-1)?.at ?? 0;
  let place = 0;
  for (let now = 0; now < end + everyMs; now += everyMs) {
    for (let next = sorted[place]; next !== undefined && next.at <= now; next = sorted[place]) {
      window.add([next.line], next.at);
      place += 1;
    }
    given.push(...window.take(now).map((each) => ({ ...each, at: now })));
  }
  given.push(...window.drain().map((each) => ({ ...each, at: end + everyMs })));
  return given;
}

const nths = (given: { line: Line }[]) => given.map(({ line: { nth } }) => nth);
const ascending = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

/** Lines that come by any way at all: as late as they like, sources silent for long. */
const anyArrivals = fc
  .array(
    fc.record({
      ms: fc.integer({ min: 0, max: 1_500 }),
      delayMs: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 900 })),
      source: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 120 },
  )
  .map((lines) => lines.map(({ ms, delayMs, source }, nth): Arrival => ({ line: line(source, ms, nth), at: ms + delayMs })));

describe('LineWindow', () => {
  it('gives in order of time whatever arrives within the least hold, from any source', () => {
    const within = fc.array(
      fc.record({
        ms: fc.integer({ min: 0, max: 1_500 }),
        delayMs: fc.integer({ min: 0, max: 25 }),
        source: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 150 },
    );
    fc.assert(
      fc.property(within, fc.integer({ min: 1, max: 60 }), (lines, everyMs) => {
        const arrivals = lines.map(({ ms, delayMs, source }, nth) => ({ line: line(source, ms, nth), at: ms + delayMs }));
        const given = run(arrivals, everyMs);
        expect(given.filter(({ late }) => late)).toEqual([]);
        expect(given.map(({ line: { time } }) => time)).toEqual(lines.map(({ ms }) => timeOf(ms)).sort());
      }),
    );
  });

  it('waits for sources that flow, however unevenly they arrive', () => {
    // Each speaks at least every 40 ms and arrives in its own order up to 55 ms late, which is more than the least hold.
    const flow = fc.array(fc.record({ stepMs: fc.integer({ min: 0, max: 40 }), delayMs: fc.integer({ min: 0, max: 55 }) }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(flow, flow, flow, fc.integer({ min: 1, max: 20 }), (a, b, c, everyMs) => {
        const arrivals = Object.entries({ a, b, c }).flatMap(([source, steps]) => arrivingInOrder(source, steps));
        const given = run(arrivals, everyMs);
        const ended = Math.min(...['a', 'b', 'c'].map((source) => lastArrival(source, arrivals)));
        // Nobody waits for one that has ended, as nobody can know that it will not speak again.
        expect(given.filter(({ late, at }) => late && at <= ended)).toEqual([]);
      }),
    );
  });

  it('loses and doubles nothing, and marks as late exactly what comes out behind a newer one', () => {
    const options = fc.record({
      minHoldMs: fc.integer({ min: 0, max: 50 }),
      maxHoldMs: fc.integer({ min: 50, max: 300 }),
      idleMs: fc.integer({ min: 0, max: 200 }),
      capacity: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(anyArrivals, options, fc.integer({ min: 1, max: 80 }), (arrivals, chosen, everyMs) => {
        const given = run(arrivals, everyMs, new LineWindow(chosen));
        expect(ascending(nths(given))).toEqual(arrivals.map((_, nth) => nth));
        let newest = '';
        for (const { line: each, late } of given) {
          expect(late).toBe(each.time < newest);
          if (each.time > newest) newest = each.time;
        }
      }),
    );
  });

  it('holds no line longer than the longest hold, and no more lines than its capacity', () => {
    fc.assert(
      fc.property(anyArrivals, fc.integer({ min: 1, max: 40 }), (arrivals, capacity) => {
        const window = new LineWindow<Line>({ capacity });
        const arrived = new Map<number, number>();
        for (const { line: each, at } of arrivals.toSorted((a, b) => a.at - b.at)) {
          window.add([each], at);
          arrived.set(each.nth, at);
          for (const { line: out } of window.take(at)) arrived.delete(out.nth);
          expect(window.waiting).toBe(arrived.size);
          expect(window.waiting).toBeLessThanOrEqual(capacity);
          for (const since of arrived.values()) expect(at - since).toBeLessThan(250);
        }
      }),
    );
  });

  it('keeps the order of lines with one time', () => {
    const window = new LineWindow<Line>();
    window.add([line('a', 5, 1), line('b', 5, 2), line('a', 5, 3)], 0);
    window.take(0);
    window.add([line('b', 5, 4), line('a', 5, 5), line('a', 4, 0)], 1);
    expect(nths(window.take(300))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is held up by a flowing source until that was heard, and by a silent one only for a while', () => {
    const window = new LineWindow<Line>();
    window.add([line('slow', 0, 0), line('quick', 50, 1)], 0);
    expect(nths(window.take(19))).toEqual([]);
    expect(nths(window.take(20))).toEqual([0]);
    expect(nths(window.take(100))).toEqual([]);
    expect(nths(window.take(101))).toEqual([1]);
    window.add([line('slow', 60, 2), line('quick', 90, 3)], 110);
    window.add([line('slow', 95, 4)], 130);
    expect(nths(window.take(140))).toEqual([2, 3]);
  });

  it('gives a late line at once, before those whose turn it is', () => {
    const window = new LineWindow<Line>();
    window.add([line('a', 100, 0), line('a', 200, 1)], 0);
    expect(nths(window.take(30))).toEqual([0, 1]);
    window.add([line('b', 150, 2), line('a', 300, 3)], 31);
    expect(window.take(31)).toEqual([{ line: line('b', 150, 2), late: true }]);
    expect(window.drain()).toEqual([{ line: line('a', 300, 3), late: false }]);
    expect(window.waiting).toBe(0);
  });
});

/** A source's own lines never overtake each other. */
function arrivingInOrder(source: string, steps: { stepMs: number; delayMs: number }[]): Arrival[] {
  // The first is there at once: a source that was never heard cannot be waited for.
  const arrivals: Arrival[] = [{ line: line(source, 0, 0), at: 0 }];
  let ms = 0;
  let at = 0;
  for (const { stepMs, delayMs } of steps) {
    ms += stepMs;
    at = Math.max(at, ms + delayMs);
    arrivals.push({ line: line(source, ms, arrivals.length), at });
  }
  return arrivals;
}

const lastArrival = (source: string, arrivals: Arrival[]) =>
  Math.max(...arrivals.filter(({ line: each }) => each.source === source).map(({ at }) => at));
