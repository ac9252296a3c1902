// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ObserveForm } from './observe-form';

afterEach(cleanup);

it('names the price of each choice and changes one without the other', () => {
  const onChange = vi.fn();
  render(<ObserveForm observe={{ bpfStatistics: false, trace: true }} onChange={onChange} />);
  const statistics = screen.getByRole('checkbox', { name: 'eBPF run statistics in the measured window' });
  const hint = document.getElementById(statistics.getAttribute('aria-describedby') ?? '');
  expect(hint?.textContent).toContain('about 20 ns per program run');
  fireEvent.click(statistics);
  expect(onChange).toHaveBeenCalledWith({ bpfStatistics: true, trace: true });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Trace sampled operations' }));
  expect(onChange).toHaveBeenLastCalledWith({ bpfStatistics: false, trace: false });
});
