import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadApart } from './declutter';

describe('spreadApart', () => {
  it('leaves labels where they are when they are apart', () => {
    expect(spreadApart([100, 20, 60], 14, [0, 200])).toEqual([100, 20, 60]);
  });

  it('moves two that touch by the same distance', () => {
    expect(spreadApart([50, 52], 14, [0, 200])).toEqual([44, 58]);
  });

  it('keeps all inside at an edge', () => {
    expect(spreadApart([198, 199, 200], 14, [0, 200])).toEqual([172, 186, 200]);
  });

  it('shares the room evenly where there is not enough', () => {
    expect(spreadApart([5, 5, 5], 14, [0, 10])).toEqual([0, 5, 10]);
  });

  it('keeps order, gap and bounds whatever is wanted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 400 }), { maxLength: 12 }), (wanted) => {
        const placed = spreadApart(wanted, 14, [0, 300]);
        const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
        const inOrder = order.map((index) => placed[index] ?? Number.NaN);
        for (const [rank, y] of inOrder.entries()) {
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(y).toBeLessThanOrEqual(300 + 1e-9);
          if (rank > 0) expect(y - (inOrder[rank - 1] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9);
        }
      }),
    );
  });
});
