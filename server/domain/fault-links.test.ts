import { describe, expect, it } from 'vitest';
import type { FaultAction } from './fault';
import { linksOf, rulesOf } from './fault-links';
import { parseFault } from './fault-plan';

const NODES = ['replica1', 'replica2', 'client'];

function action(text: string): FaultAction {
  const read = parseFault(text);
  if (typeof read === 'string') throw new Error(read);
  return read.action;
}

const rules = (...texts: string[]) =>
  rulesOf(
    texts.map((text) => ({ action: action(text), links: linksOf(action(text), NODES) })),
    NODES,
  );

describe('rules', () => {
  it('of an isolated replica lose all it is sent and all that it sent', () => {
    const all = { lossPercent: 100, duplicatePercent: 0 };
    expect(rules('isolate replica1')).toEqual([
      { target: 'replica1', from: null, ...all },
      { target: 'replica2', from: 'replica1', ...all },
      { target: 'client', from: 'replica1', ...all },
    ]);
  });

  it('of a cut lose one way or both', () => {
    expect(rules('cut replica1 -> client')).toEqual([
      { target: 'client', from: 'replica1', lossPercent: 100, duplicatePercent: 0 },
    ]);
    expect(rules('cut replica1 <-> replica2').map(({ target, from }) => `${from} ${target}`)).toEqual([
      'replica2 replica1',
      'replica1 replica2',
    ]);
  });

  it('of noise everywhere concern every node once', () => {
    expect(rules('lose 5 % and double 3 % everywhere')).toEqual(
      NODES.map((target) => ({ target, from: null, lossPercent: expect.closeTo(5), duplicatePercent: expect.closeTo(3) })),
    );
  });

  it('of several faults on one link take their chances together', () => {
    const [first, second] = rules('lose 50 % into replica1', 'lose 50 % from replica2 to replica1');
    expect(first).toEqual({ target: 'replica1', from: 'replica2', lossPercent: 75, duplicatePercent: 0 });
    expect(second).toEqual({ target: 'replica1', from: 'client', lossPercent: 50, duplicatePercent: 0 });
  });

  it('of faults that concern no datagram are none', () => {
    expect(rules('kill replica1', 'pause replica2')).toEqual([]);
  });
});
