import { expect, it } from 'vitest';
import { readQuantile, readShare } from './read-ecdf';

const points = [
  { ns: 100, share: 0.25 },
  { ns: 200, share: 0.5 },
  { ns: 400, share: 1 },
];

it('reads the share at or below a latency', () => {
  expect([50, 100, 199, 200, 399, 400, 9_000].map((ns) => readShare(points, ns))).toEqual([0, 0.25, 0.25, 0.5, 0.5, 1, 1]);
  expect(readShare([], 100)).toBe(0);
});

it('reads the latency of a share', () => {
  expect([0.1, 0.5, 0.51, 1].map((share) => readQuantile(points, share))).toEqual([100, 200, 400, 400]);
  expect(readQuantile(points.slice(0, 2), 0.9)).toBeNull();
});
