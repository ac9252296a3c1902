import { expect, it } from 'vitest';
import { labelOf, projectOf, runOf } from './run-label';

it('gives the same run id of two stores different labels and projects', () => {
  expect(labelOf('3fa9c1', 'r-0001')).toBe('3fa9c1-r-0001');
  expect(projectOf(labelOf('3fa9c1', 'r-0001'))).toBe('electrode-lab-3fa9c1-r-0001');
  expect(labelOf('3fa9c1', 'r-0001')).not.toBe(labelOf('0b77de', 'r-0001'));
});

it('knows the labels of its own store, and no other', () => {
  expect(runOf('3fa9c1', '3fa9c1-r-0001')).toBe('r-0001');
  expect(runOf('3fa9c1', '0b77de-r-0001')).toBeNull();
  expect(runOf('3fa9c1', '3fa9c10-r-0001')).toBeNull();
  expect(runOf('3fa9c1', 'r-0001')).toBeNull();
});
