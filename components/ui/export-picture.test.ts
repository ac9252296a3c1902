import { expect, it } from 'vitest';
import { fileNameOf } from './export-picture';

it('makes a file name of any name', () => {
  expect(fileNameOf('x-0017: p50 ratio, N = 5', 'svg')).toBe('x-0017-p50-ratio-n-5.svg');
  expect(fileNameOf('../..//', 'png')).not.toContain('/');
  expect(fileNameOf('<&>', 'png')).toBe('picture.png');
});
