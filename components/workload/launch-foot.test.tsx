// @vitest-environment happy-dom

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { TRPCClientError } from '@trpc/client';
import { afterEach, expect, it, vi } from 'vitest';
import type { AppRouter, LabErrorData } from '@/server/api/types';
import { LaunchFoot, queuePlace } from './launch-foot';

afterEach(cleanup);

function refusal(lab: LabErrorData) {
  const data = { code: 'PRECONDITION_FAILED', httpStatus: 412, lab } as const;
  return TRPCClientError.from<AppRouter>({ error: { code: -32012, message: lab.message, data } });
}

const idle = { blocked: null, launching: false, estimateMs: 25_000, ahead: 0, error: null };

it('names the cost and the place in the queue', () => {
  render(<LaunchFoot {...idle} ahead={2} onLaunch={() => {}} />);
  expect(screen.getByText('1 run, about 25 s')).toBeTruthy();
  expect(screen.getByText('second in the queue')).toBeTruthy();
  expect(queuePlace(0)).toBe('starts at once');
  expect(queuePlace(9)).toBe('number 9 in the queue');
});

it('says on the page why nothing can be launched', () => {
  const onLaunch = vi.fn();
  render(<LaunchFoot {...idle} blocked="This machine is not ready." onLaunch={onLaunch} />);
  fireEvent.click(screen.getByRole('button', { name: 'Launch' }));
  expect(onLaunch).not.toHaveBeenCalled();
  expect(screen.getByText('This machine is not ready.')).toBeTruthy();
});

it('lets a small host be insisted on, and only that refusal', () => {
  const onLaunch = vi.fn();
  const small = refusal({
    code: 'host_too_small',
    message: 'scenario7 needs 8 cores.',
    remedy: 'Launch anyway.',
    service: null,
    lastLines: [],
  });
  const { rerender } = render(<LaunchFoot {...idle} error={small} onLaunch={onLaunch} />);
  fireEvent.click(screen.getByRole('button', { name: 'Launch anyway' }));
  expect(onLaunch).toHaveBeenCalledWith(true);

  const missing = refusal({ code: 'image_missing', message: 'No image.', remedy: null, service: null, lastLines: [] });
  rerender(<LaunchFoot {...idle} error={missing} onLaunch={onLaunch} />);
  expect(screen.getByText('No image.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Launch anyway' })).toBeNull();
});
