import { expect, it } from 'vitest';
import { linePath, stairPath } from './line-path';

const point = (x: number, y: number) => ({ x, y });

it('lifts the pen at a gap and dots a point alone', () => {
  expect(linePath([point(0, 1), point(1, 2), null, point(2, 3), null, null, point(4, 5), point(5, 6)])).toBe(
    'M0 1L1 2M2 3h0.1M4 5L5 6',
  );
  expect(linePath([null])).toBe('');
});

it('draws stairs, without steps too small to see but with the last', () => {
  expect(stairPath([point(0, 100), point(10, 50), point(10.1, 49.9), point(10.2, 40), point(10.3, 39.9)])).toBe(
    'M0 100H10V50H10.2V40H10.3V39.9',
  );
});
