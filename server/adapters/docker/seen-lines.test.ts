import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenLines } from './seen-lines';

type Line = { time: string; stream: 'stdout' | 'stderr'; nth: number };
const at = (ms: number) => `${1_700_000_000 + Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}000000`;

/** A log in the engine's order: times nearly ascending (two streams in a race), some equal. */
const logs = fc
  .array(
    fc.record({ stepMs: fc.integer({ min: 0, max: 700 }), lateMs: fc.integer({ min: 0, max: 400 }), error: fc.boolean() }),
    {
      maxLength: 80,
    },
  )
  .map((steps) => {
    let now = 1_000;
    return steps.map(({ stepMs, lateMs, error }, nth): Line => {
      now += stepMs;
      return { time: at(error ? now - lateMs : now), stream: error ? 'stderr' : 'stdout', nth };
    });
  });

test('a log cut anywhere, any number of times, passes each line exactly once', () => {
  fc.assert(
    fc.property(logs, fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 20 }), (log, cuts) => {
      const seen = new SeenLines();
      const passed: number[] = [];
      let since: string | null = null;
      for (const cut of [...cuts, log.length]) {
        const from = since;
        const replay = log.filter((line) => from === null || line.time >= from);
        for (const line of replay.slice(0, cut)) if (seen.admit(line)) passed.push(line.nth);
        since = seen.resume([]);
      }
      // The last stretch was not cut: everything has to be there by then.
      const rest = log.filter((line) => since === null || line.time >= since);
      for (const line of rest) if (seen.admit(line)) passed.push(line.nth);
      expect([...passed].sort((a, b) => a - b)).toEqual(log.map(({ nth }) => nth));
    }),
    { numRuns: 500 },
  );
});

test('a line that a cut left unfinished comes again, however long ago it began', () => {
  const seen = new SeenLines();
  const long = { time: at(0), stream: 'stdout' } as const;
  for (let ms = 10; ms < 10_000; ms += 100) seen.admit({ time: at(ms), stream: 'stderr' });
  const since = seen.resume([long]);
  expect(since).toBe(`${1_700_000_000 - 1}.000000000`);
  expect(seen.admit({ time: at(10), stream: 'stderr' })).toBe(false);
  expect(seen.admit(long)).toBe(true);
  expect(seen.admit({ time: at(9_910), stream: 'stderr' })).toBe(false);
  expect(seen.admit({ time: at(10_010), stream: 'stderr' })).toBe(true);
});
