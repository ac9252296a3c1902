import { expect, it } from 'vitest';
import { PALETTE } from './palette';
import { styleSides, variantStyle } from './variant-style';

it('gives an unknown variant a colour of the palette, the same each time', () => {
  const style = variantStyle('somebody_elses');
  expect(variantStyle('somebody_elses')).toEqual(style);
  expect(PALETTE.dark).toHaveProperty(style.colour.slice('var('.length, -1));
});

it('tells a variant from itself', () => {
  const [a, b, c] = styleSides([
    { variant: 'baseline', label: 'baseline, first' },
    { variant: 'baseline', label: 'baseline, second' },
    { variant: 'tc_broadcast', label: 'tc_broadcast' },
  ]);
  expect(a).toEqual({ colour: 'var(--v-baseline)', mark: 'ring' });
  expect(b).toEqual({ colour: 'var(--text)', mark: 'ring' });
  expect(c).toEqual({ colour: 'var(--v-tc)', mark: 'disc' });
});
