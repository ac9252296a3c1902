import { describe, expect, it } from 'vitest';
import { TRACE_POINTS } from '@/server/domain/trace';
import type { LabEventOf } from './events';
import { BASELINE_TRACE, TC_BROADCAST_TRACE } from './example-trace';
import { parseEventLine } from './parse-line';
import { TraceLog } from './trace-log';

const cluster = {
  clientService: 'client',
  replicas: [3, 1, 2].map((id) => ({ id, service: `replica${id}` })),
};

function parse(text: string): LabEventOf<'trace'> {
  const { event, reason } = parseEventLine(text);
  if (event?.event !== 'trace') throw new Error(`not a trace line: ${reason}`);
  return event;
}

function logOf(lines: string[], capacity = 1000): TraceLog {
  const log = new TraceLog(cluster, capacity);
  for (const line of lines) log.add(parse(line));
  return log;
}

/** Steps in the order of time, as `point@where>peer`. */
function stepsOf(log: TraceLog): string[] {
  const { services } = log.head;
  const { op, point, at, peer, tUs } = log.read(0, 1000).points;
  return op
    .map((_, index) => ({
      t: tUs[index] ?? 0,
      step: `${TRACE_POINTS[point[index] ?? -1]}@${services[at[index] ?? -1]}>${services[peer[index] ?? -1] ?? '-'}`,
    }))
    .toSorted((a, b) => a.t - b.t)
    .map(({ step }) => step);
}

describe('the trace of one operation', () => {
  it('under tc_broadcast is one send, a clone and the original, in the order of cause', () => {
    expect(stepsOf(logOf(TC_BROADCAST_TRACE))).toEqual([
      'client_send@client>replica1',
      'leader_receive@replica1>-',
      'leader_send@replica1>-',
      'egress_clone@replica1>replica2',
      'egress@replica1>replica3',
      'follower_receive@replica2>replica1',
      'follower_receive@replica3>replica1',
      'follower_ack@replica2>replica1',
      'follower_ack@replica3>replica1',
      'leader_ack@replica1>replica3',
      'leader_ack@replica1>replica2',
      'leader_commit@replica1>-',
      'leader_reply@replica1>-',
      'client_receive@client>replica1',
    ]);
  });

  it('in the baseline is a send and a copy of it for each follower', () => {
    expect(stepsOf(logOf(BASELINE_TRACE)).slice(2, 6)).toEqual([
      'leader_send@replica1>replica2',
      'egress@replica1>replica2',
      'leader_send@replica1>replica3',
      'egress@replica1>replica3',
    ]);
  });
});

describe('the head', () => {
  it('ties the first line to wall time, and is behind every point', () => {
    const log = logOf(TC_BROADCAST_TRACE);
    const [first = ''] = TC_BROADCAST_TRACE;
    const { tUs, agoNs } = parse(first);
    expect(log.head.originUs).toBe(tUs - 1_000_000);
    expect(log.read(0, 1).points.tUs).toEqual([1_000_000 - (agoNs[0] ?? 0) / 1000]);
    expect(Math.min(...log.read(0, 1000).points.tUs)).toBeGreaterThan(0);
  });

  it('puts the client first and the replicas by id, and adds up what each said last', () => {
    const { services, every, total, dropped, costNsPerOperation } = logOf(BASELINE_TRACE).head;
    expect(services).toEqual(['client', 'replica1', 'replica2', 'replica3']);
    expect({ every, total, dropped }).toEqual({ every: 1024, total: 15, dropped: 0 });
    expect(costNsPerOperation).toBeCloseTo((46 + 47_668 + 54_321 + 30_137) / 2000);
  });

  it('knows nothing before the first line', () => {
    expect(new TraceLog(cluster, 10).head).toMatchObject({ every: null, total: 0, costNsPerOperation: null });
  });
});

describe('reading', () => {
  it('goes on behind a point, and begins at the oldest that is kept', () => {
    const log = logOf(BASELINE_TRACE, 10);
    expect(log.total).toBe(15);
    const oldest = log.read(0, 4);
    expect(oldest.next).toBe(9);
    expect(oldest.points.op).toHaveLength(4);
    expect(oldest.points).toEqual(slice(logOf(BASELINE_TRACE).read(0, 1000).points, 5, 9));
    expect(log.read(oldest.next, 100)).toMatchObject({ next: 15 });
    expect(log.read(15, 100)).toEqual({ points: { op: [], point: [], at: [], peer: [], tUs: [] }, next: 15 });
  });

  it('leaves out a step of a later version, and a line of a service that is none of this run', () => {
    const [line = ''] = TC_BROADCAST_TRACE;
    const log = new TraceLog(cluster, 10);
    log.add({ ...parse(line), point: [99, 0] });
    log.add({ ...parse(line), src: 'replica9' });
    expect(log.head).toMatchObject({ total: 0, every: 1024 });
  });
});

it('refuses a line whose columns differ in length', () => {
  const [line = ''] = TC_BROADCAST_TRACE;
  expect(parseEventLine(line.replace('"peer":[1,1]', '"peer":[1]')).reason).toContain('columns of one length');
});

function slice(points: ReturnType<TraceLog['read']>['points'], from: number, to: number) {
  return Object.fromEntries(Object.entries(points).map(([name, column]) => [name, column.slice(from, to)]));
}
