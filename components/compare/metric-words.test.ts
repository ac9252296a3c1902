import { expect, it } from 'vitest';
import type { MetricRow } from '@/server/api/types';
import { sayFigure, sayReading } from './metric-words';

const row: MetricRow = { metric: 'p50', title: 'p50', unit: 'ns', better: 'lower', a: 200_000, b: 176_000, ratio: 0.88 };

it('says what the ratio of one pair is, and that it is one pair', () => {
  expect(sayReading(row)).toBe('12 % lower in this pair');
  expect(sayReading({ ...row, ratio: 1.004 })).toBe('as high in this pair');
});

it('says nothing where a comparison is invalid or no side is better', () => {
  expect(sayReading({ ...row, ratio: null })).toBe('');
  expect(sayReading({ ...row, better: 'neither' })).toBe('');
});

it('gives every figure its unit', () => {
  expect(sayFigure('ns', 131_422)).toBe('131.4 µs');
  expect(sayFigure('per_s', 4_690)).toBe('4,690 /s');
  expect(sayFigure('ratio', 1.02)).toBe('1.02');
  expect(sayFigure('ns', null)).toBe('–');
});
