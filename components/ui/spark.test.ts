import { expect, it } from 'vitest';
import { sparkPath } from './spark';

it('draws nothing from fewer than two values', () => {
  expect(sparkPath([], 96, 22)).toBe('');
  expect(sparkPath([5, null], 96, 22)).toBe('');
});

it('lifts the pen at a gap instead of bridging it', () => {
  const path = sparkPath([1, 2, null, 3, 4], 96, 22);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.match(/L/g)).toHaveLength(2);
});

it('draws a flat series in the middle, not at an edge', () => {
  expect(sparkPath([100, 100], 96, 22)).toBe('M0.0 11.0L96.0 11.0');
});

it('puts larger values higher', () => {
  expect(sparkPath([100, 200], 96, 22)).toBe('M0.0 19.0L96.0 3.0');
});
