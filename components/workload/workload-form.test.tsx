// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { draftOf } from './workload-draft';
import { WorkloadForm } from './workload-form';

afterEach(cleanup);

const draft = draftOf({
  amount: { kind: 'seconds', seconds: 20 },
  warmupSeconds: 2,
  clients: 1,
  payloadBytes: 64,
  getPercent: 50,
  placement: 'auto',
});

it('keeps what is typed as it is, so that the form can say what is wrong with it', () => {
  const onChange = vi.fn();
  render(<WorkloadForm draft={draft} errors={{}} onChange={onChange} />);
  fireEvent.change(screen.getByLabelText('Clients'), { target: { value: '1x' } });
  expect(onChange).toHaveBeenCalledWith({ ...draft, clients: '1x' });
});

it('ties an error to its field', () => {
  render(<WorkloadForm draft={draft} errors={{ payloadBytes: '9,000 is above the most.' }} onChange={() => {}} />);
  const field = screen.getByLabelText('Payload');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  const note = document.getElementById(field.getAttribute('aria-describedby') ?? '');
  expect(note?.textContent).toBe('9,000 is above the most.');
  expect(screen.getByLabelText('Clients').getAttribute('aria-invalid')).toBeNull();
});

it('shows requests instead of seconds when the unit is turned, and keeps both texts', () => {
  const onChange = vi.fn();
  const { rerender } = render(<WorkloadForm draft={draft} errors={{}} onChange={onChange} />);
  fireEvent.click(screen.getByLabelText('requests'));
  expect(onChange).toHaveBeenCalledWith({ ...draft, kind: 'requests' });
  rerender(<WorkloadForm draft={{ ...draft, kind: 'requests' }} errors={{}} onChange={onChange} />);
  expect(screen.getByLabelText('Measure')).toHaveProperty('value', '20000');
});
