import { expect, test } from 'vitest';
import type { TraceBatch } from '@/server/domain/trace';
import { BASELINE_TRACE, TC_BROADCAST_TRACE } from '@/server/telemetry/example-trace';
import { parseEventLine } from '@/server/telemetry/parse-line';
import type { Identified } from '../watch-run';
import { RunTrace } from './run-trace';

const cluster = { clientService: 'client', replicas: [1, 2, 3].map((id) => ({ id, service: `replica${id}` })) };

function add(trace: RunTrace, lines: string[]): void {
  for (const line of lines) {
    const { event } = parseEventLine(line);
    if (event?.event === 'trace') trace.add(event);
  }
}

const listener = (signal = new AbortController().signal) => ({ signal, isCongested: () => false });

async function take(batches: AsyncIterator<Identified<TraceBatch>>): Promise<Identified<TraceBatch>> {
  const next = await batches.next();
  if (next.done === true) throw new Error('no further batch');
  return next.value;
}

test('a reader learns at once that there is nothing yet, then gets points as they come, and completes with the run', async () => {
  const trace = new RunTrace(cluster, { capacity: 100, epoch: 'e' });
  const batches = trace.read(null, listener(), 'why not');
  const empty = await take(batches);
  expect(empty).toMatchObject({ id: 'e:0', value: { reset: true, total: 0, every: null, problem: 'why not' } });
  const waiting = take(batches);
  add(trace, TC_BROADCAST_TRACE);
  expect(await waiting).toMatchObject({ id: 'e:14', value: { reset: false, total: 14, every: 1024 } });
  trace.end();
  expect((await batches.next()).done).toBe(true);
});

test('a reader that comes back goes on behind what it has; one of another epoch begins anew', async () => {
  const trace = new RunTrace(cluster, { capacity: 100, epoch: 'e' });
  add(trace, BASELINE_TRACE);
  trace.end();
  const resumed = await take(trace.read('e:10', listener(), null));
  expect(resumed.value).toMatchObject({ reset: false, total: 15 });
  expect(resumed.value.points.op).toHaveLength(5);
  for (const foreign of ['other:10', 'e:99', 'e:-1', 'e:x', '']) {
    const anew = await take(trace.read(foreign, listener(), null));
    expect(anew.value.reset, foreign).toBe(true);
    expect(anew.value.points.op, foreign).toHaveLength(15);
  }
});

test('more points than a batch holds come in several', async () => {
  const trace = new RunTrace(cluster, { capacity: 45_000, epoch: 'e' });
  for (let n = 0; n < 3000; n += 1) add(trace, BASELINE_TRACE);
  trace.end();
  const sizes: number[] = [];
  for await (const { value } of trace.read(null, listener(), null)) sizes.push(value.points.op.length);
  expect(sizes).toEqual([20_000, 20_000, 5000]);
});

test('a reader that goes away is let go', async () => {
  const trace = new RunTrace(cluster, { capacity: 10, epoch: 'e' });
  const stop = new AbortController();
  const batches = trace.read(null, listener(stop.signal), null);
  await take(batches);
  const waiting = batches.next();
  stop.abort();
  expect((await waiting).done).toBe(true);
});
