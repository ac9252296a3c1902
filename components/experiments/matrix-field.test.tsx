// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { runOf } from './example-experiment';
import type { MatrixField as Field } from './matrix';
import { MatrixField } from './matrix-field';

afterEach(cleanup);

function show(field: Field, running: Parameters<typeof MatrixField>[0]['running'] = null) {
  render(
    <table>
      <tbody>
        <tr>
          <MatrixField field={field} running={running} variant="baseline" />
        </tr>
      </tbody>
    </table>,
  );
}

it('says in words what its colour says, and leads to the run', () => {
  show({ kind: 'run', look: 'suspect', run: runOf({ runId: 'r-0136', verdict: 'suspect', attempt: 2 }) });
  const link = screen.getByRole('link', { name: /137\.1.*suspect, r-0136, attempt 2/ });
  expect(link.getAttribute('href')).toBe('/runs/r-0136');
});

it('shows how far the run that measures is, in place of a figure that still moves', () => {
  const place = { experimentId: 'x-0001', cell: 0, pair: 1, attempt: 1, side: 0 };
  const run = runOf({ state: 'measuring', verdict: null });
  show({ kind: 'run', look: 'running', run }, { runId: run.runId, place, phase: 'measuring', fraction: 0.42 });
  expect(screen.getByRole('link').textContent).toMatch(/^42 %.*running/);
});

it('tells what is to come from what will never be', () => {
  show({ kind: 'queued' });
  expect(screen.getByText('queued')).toBeTruthy();
  cleanup();
  show({ kind: 'absent' });
  expect(screen.getByText('not run')).toBeTruthy();
});
