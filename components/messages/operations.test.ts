import { describe, expect, it } from 'vitest';
import { emptyBatch, exampleBatch } from './example-trace';
import { headlineOf } from './headline';
import { LegTally } from './leg-summary';
import { legsOf, legUs, longestLeg, waitedFor } from './legs';
import { durationUs, type Operation } from './operations';
import { slowestOf } from './slowest';
import { TraceBook } from './trace-book';
import { POINT, pointName } from './trace-points';

function bookOf(batch = exampleBatch({ replicas: 5 })): TraceBook {
  const book = new TraceBook();
  book.add(batch);
  return book;
}

function first(book: TraceBook): Operation {
  const operation = book.operations[0];
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

describe('an operation', () => {
  it('is the same whatever order its points come in', () => {
    const batch = exampleBatch({ replicas: 5 });
    for (const column of Object.values(batch.points)) column.reverse();
    expect(first(bookOf(batch)).points).toEqual(first(bookOf()).points);
  });

  it('is one sent datagram, its copies by the kernel and what followed from each', () => {
    const operation = first(bookOf());
    const names = legsOf(operation).map((leg) => leg.name);
    expect(names.filter((name) => name === 'hook')).toHaveLength(4);
    expect(names.filter((name) => name === 'copy')).toHaveLength(4);
    expect(names.filter((name) => name === 'ack')).toHaveLength(4);
    expect(durationUs(operation)).toBe(100);
  });

  it('adds up to what the client waited, through the follower that completed the quorum', () => {
    const operation = first(bookOf());
    const path = waitedFor(operation);
    expect(path.map((leg) => leg.name)).toEqual([
      'request',
      'prepare',
      'hook',
      'copy',
      'turnaround',
      'ack',
      'quorum',
      'commit',
      'reply',
    ]);
    expect(path.reduce((sum, leg) => sum + legUs(operation, leg), 0)).toBe(100);
    // The commit at 76 us follows the second follower's PREPARE-OK at 75 us.
    const ack = path.find((leg) => leg.name === 'ack');
    expect(operation.points[ack?.to ?? -1]).toMatchObject({ peer: 3, tUs: 75 });
    expect(longestLeg(operation)?.name).toBe('reply');
  });

  it('takes a resend for the cause of what came after it', () => {
    const batch = exampleBatch({ replicas: 3, cloned: false });
    const resent = [POINT.leader_send, 1, 2, 500, POINT.egress, 1, 2, 502, POINT.follower_receive, 2, 1, 510];
    for (let i = 0; i < resent.length; i += 4) {
      batch.points.op.push(64);
      batch.points.point.push(resent[i] ?? 0);
      batch.points.at.push(resent[i + 1] ?? 0);
      batch.points.peer.push(resent[i + 2] ?? 0);
      batch.points.tUs.push(resent[i + 3] ?? 0);
    }
    const operation = first(bookOf(batch));
    const copies = legsOf(operation).filter(({ name }) => name === 'copy');
    expect(copies.map((leg) => legUs(operation, leg))).toEqual([13, 13, 8]);
  });

  it('has no way whose end was not recorded', () => {
    const batch = emptyBatch();
    batch.points = { op: [64], point: [POINT.client_receive], at: [0], peer: [1], tUs: [7] };
    const operation = first(bookOf(batch));
    expect(legsOf(operation)).toEqual([]);
    expect(waitedFor(operation)).toEqual([]);
    expect(durationUs(operation)).toBeNull();
  });
});

describe('the headline', () => {
  it('says one send and the copies the kernel made', () => {
    const book = bookOf(exampleBatch({ replicas: 5, operations: 3 }));
    expect(headlineOf(book.operations, Infinity)).toEqual({
      words: '1 send and 4 copies per broadcast (3 clones in the kernel)',
      basis: 'n = 3 operations',
      agreed: true,
    });
  });

  it('says as many sends as followers without clones', () => {
    const book = bookOf(exampleBatch({ replicas: 5, cloned: false }));
    expect(headlineOf(book.operations, Infinity)?.words).toBe('4 sends per broadcast');
  });

  it('says how many disagree', () => {
    const book = bookOf(exampleBatch({ replicas: 3, operations: 3 }));
    book.add(exampleBatch({ replicas: 3, operations: 1, firstOp: 6_400, cloned: false }));
    expect(headlineOf(book.operations, Infinity)).toMatchObject({
      words: '1 send and 2 copies per broadcast (1 clone in the kernel)',
      basis: 'n = 4 operations, 1 of them looks otherwise',
    });
  });

  it('leaves out operations whose points may still be on their way', () => {
    const book = bookOf(exampleBatch({ operations: 3 }));
    expect(headlineOf(book.operations, 1_050)?.basis).toBe('n = 1 operation');
    expect(headlineOf(book.operations, 50)).toBeNull();
  });
});

it('summarises every way with its own n', () => {
  const tally = new LegTally();
  for (const operation of bookOf(exampleBatch({ replicas: 5, operations: 200 })).operations) tally.add(operation);
  const summary = tally.summary();
  expect(summary.find(({ name }) => name === 'request')).toEqual({ name: 'request', n: 200, p50Us: 20, p99Us: 20 });
  expect(summary.find(({ name }) => name === 'copy')).toMatchObject({ n: 800, p50Us: 13 });
  expect(summary.find(({ name }) => name === 'hook')).toMatchObject({ n: 800, p50Us: 12, p99Us: 32 });
});

it('lists the slowest first, and no more than asked', () => {
  const book = bookOf(exampleBatch({ operations: 50 }));
  for (const operation of book.operations) operation.repliedUs = (operation.sentUs ?? 0) + ((operation.op * 37) % 101);
  const slowest = slowestOf(book.operations, 5);
  const durations = book.operations.map((operation) => durationUs(operation) ?? 0).sort((a, b) => b - a);
  expect(slowest.map(durationUs)).toEqual(durations.slice(0, 5));
});

it('numbers the points as the server does', () => {
  for (const [name, point] of Object.entries(POINT)) expect(pointName(point)).toBe(name);
  expect(pointName(99)).toBeNull();
});
