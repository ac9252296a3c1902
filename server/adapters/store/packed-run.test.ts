import { expect, it } from 'vitest';
import { exampleInterval } from '@/server/domain/example-run';
import { measuredHistogram } from '@/server/domain/latency';
import { exampleTelemetry } from './example-telemetry';
import { packRun, unpackEvents, unpackHistogram, unpackIntervals } from './packed-run';

it('gives back exactly what was packed', () => {
  const { intervals, events } = exampleTelemetry({ seconds: 2, seed: 9 });
  const packed = packRun(intervals, events);
  expect(unpackIntervals(packed.intervals)).toEqual(intervals);
  expect(unpackEvents(packed.events)).toEqual(events);
  expect(unpackHistogram(packed.measured)).toEqual(measuredHistogram(intervals));
});

it('takes runs without intervals, empty intervals and latencies up to hours', () => {
  const intervals = [exampleInterval(0, []), exampleInterval(1, [0, 1, 7.2e12, 2 ** 52])];
  expect(unpackIntervals(packRun(intervals, []).intervals)).toEqual(intervals);
  expect(unpackIntervals(packRun([], []).intervals)).toEqual([]);
  expect(unpackEvents(packRun([], []).events)).toEqual([]);
});

it('keeps the text of events to the letter', () => {
  const events = [{ tUs: 1, source: 'replica1', event: 'error', json: '{"v":1, "message":"ünï \\u001b[31m" }' }];
  expect(unpackEvents(packRun([], events).events)).toEqual(events);
});
