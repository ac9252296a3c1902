// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { RunGate } from '@/server/api/types';
import { GateList } from './gate-list';

afterEach(cleanup);

const gate = (id: RunGate['id'], state: RunGate['state']): RunGate => ({
  id,
  title: `Title of ${id}`,
  state,
  value: `0.5 of ${id}`,
  detail: `Detail of ${id}.`,
  remedy: `Remedy of ${id}.`,
});

it('shows the worst gate first, with its number, reason and remedy', () => {
  render(<GateList gates={[gate('memory', 'note'), gate('steal', 'suspect'), gate('leader', 'invalid')]} />);
  const rows = screen.getAllByRole('listitem');
  expect(rows.map((row) => row.textContent?.split('Title')[0]?.trim())).toEqual(['invalid', 'suspect', 'note']);
  const [worst] = rows;
  if (worst === undefined) throw new Error('no gate was shown');
  for (const words of ['0.5 of leader', 'Detail of leader.', 'Remedy of leader.']) {
    expect(within(worst).getByText(words)).toBeTruthy();
  }
});

it('folds the gates that pass into one line that names them', () => {
  render(<GateList gates={[gate('finished', 'pass'), gate('same_log', 'pass')]} />);
  const folded = screen.getByRole('group');
  expect(folded.hasAttribute('open')).toBe(false);
  expect(folded.querySelector('summary')?.textContent).toContain('2 gates pass');
  expect(folded.querySelector('summary')?.textContent).toContain('Title of finished, Title of same_log');
});
