// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { foreign, scenarioOf } from './example-pad';
import { VariantOrder } from './variant-order';

afterEach(cleanup);

const own = [scenarioOf(3), scenarioOf(5)];

it('adds a variant behind those chosen, so that the base stays the first', () => {
  const onChange = vi.fn();
  render(<VariantOrder chosen={['tc_broadcast']} control={false} onChange={onChange} scenarios={own} />);
  fireEvent.click(screen.getByRole('checkbox', { name: 'baseline' }));
  expect(onChange).toHaveBeenCalledWith(['tc_broadcast', 'baseline'], false);
});

it('makes another variant the base', () => {
  const onChange = vi.fn();
  render(<VariantOrder chosen={['baseline', 'tc_broadcast']} control={false} onChange={onChange} scenarios={own} />);
  fireEvent.click(screen.getByRole('button', { name: 'Make tc_broadcast the base' }));
  expect(onChange).toHaveBeenCalledWith(['tc_broadcast', 'baseline'], false);
});

it('says which scenario lacks a variant, and offers it no more', () => {
  render(<VariantOrder chosen={['baseline']} control={false} onChange={() => {}} scenarios={[scenarioOf(3), foreign]} />);
  expect(screen.getByRole('checkbox', { name: 'tc_broadcast' })).toHaveProperty('disabled', true);
  expect(screen.getAllByText('not in poc')).toHaveLength(2);
});

it('rests all but the base in a control, and keeps what was chosen', () => {
  const onChange = vi.fn();
  render(<VariantOrder chosen={['baseline', 'tc_broadcast']} control onChange={onChange} scenarios={own} />);
  expect(screen.getByRole('checkbox', { name: 'tc_broadcast' })).toHaveProperty('disabled', true);
  fireEvent.click(screen.getByRole('checkbox', { name: /A\/A control/ }));
  expect(onChange).toHaveBeenCalledWith(['baseline', 'tc_broadcast'], false);
});
