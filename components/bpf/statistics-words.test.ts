import { expect, it } from 'vitest';
import { sayCost, sayStatistics } from './statistics-words';

const measuring = { state: 'measuring', config: { observe: { bpfStatistics: false, trace: false } } } as const;

it('says what counting costs at the present rate', () => {
  expect(sayCost(45_270)).toBe('about 20 ns per run: at 45,270 runs/s 0.091 % of a core');
  expect(sayCost(null)).toContain('about 20 ns per run');
});

it('says why statistics are held off, and that those switched on by hand make a run suspect', () => {
  expect(sayStatistics('held_off', measuring).why).toContain('measured window');
  expect(sayStatistics('on', measuring).why).toContain('suspect');
  const chosen = { ...measuring, config: { observe: { bpfStatistics: true, trace: false } } };
  expect(sayStatistics('on', chosen).why).toBe('Chosen at launch, for the whole run.');
});
