import { expect, it } from 'vitest';
import { compareAddress, readPicks, togglePick, togglePicks } from './picks';

it('picks any number, and a second click takes a pick back', () => {
  expect(togglePick(['r-0001', 'r-0002'], 'r-0003')).toEqual(['r-0001', 'r-0002', 'r-0003']);
  expect(togglePick(['r-0001', 'r-0002'], 'r-0001')).toEqual(['r-0002']);
});

it('picks all that are shown, then none of them, and leaves others alone', () => {
  const all = togglePicks(['r-0009', 'r-0001'], ['r-0001', 'r-0002']);
  expect(all).toEqual(['r-0009', 'r-0001', 'r-0002']);
  expect(togglePicks(all, ['r-0001', 'r-0002'])).toEqual(['r-0009']);
});

it('reads picks from the address once each, and drops what is no run', () => {
  expect(readPicks('r-0001,<b>,r-0002,r-0001,')).toEqual(['r-0001', 'r-0002']);
  expect(readPicks('')).toEqual([]);
});

it('compares picks with the baseline first, whatever was picked first', () => {
  const rows = [
    { id: 'r-0002', variant: 'baseline' },
    { id: 'r-0001', variant: 'tc_broadcast' },
  ];
  expect(compareAddress(['r-0001', 'r-0002'], rows)).toBe('/compare?runs=r-0002,r-0001');
  expect(compareAddress(['r-0010', 'r-0001', 'r-0002'], rows)).toBe('/compare?runs=r-0002,r-0001,r-0010');
});

it('puts the older run first where no baseline is known, five digits behind four', () => {
  expect(compareAddress(['r-10000', 'r-0999'])).toBe('/compare?runs=r-0999,r-10000');
});

it('has no address for fewer than two', () => {
  expect(compareAddress(['r-0001'])).toBeNull();
  expect(compareAddress([])).toBeNull();
});
