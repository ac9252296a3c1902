import { expect, it } from 'vitest';
import { exampleRecord, exampleRunAt } from './example-experiment';
import type { ExperimentRecord } from './experiment';
import { standingsOf } from './pair-standings';
import { toPlannedRun } from './planned-run';

type Run = { attempt?: number; side?: number; verdict?: 'valid' | 'suspect' | 'invalid'; interrupted?: boolean };

/** How the first pair stands after these runs of it. */
function standing(runs: Run[], changes: Partial<ExperimentRecord> = {}) {
  const views = runs.map(({ attempt = 1, side = 0, verdict = 'valid', interrupted = false }, position) =>
    exampleRunAt(
      { cell: 0, pair: 1, attempt, side },
      { position, verdict, ...(interrupted ? { view: { state: 'interrupted' as const } } : {}) },
    ),
  );
  const planned = views.flatMap((view) => toPlannedRun(view) ?? []);
  return standingsOf({ record: exampleRecord(changes), runs: planned, now: views.at(-1)?.endedAt ?? 0 })[0];
}

it('counts once both sides are valid, whatever was tried before', () => {
  const found = standing([{ verdict: 'suspect' }, { attempt: 2 }, { attempt: 2, side: 1 }]);
  expect(found).toMatchObject({
    state: 'counts',
    attempts: [{ outcome: 'left_out' }, { outcome: 'counts', runIds: ['r-0002', 'r-0003'] }],
  });
});

it('is open while a side is to come', () => {
  expect(standing([{}])?.state).toBe('open');
});

it('runs again until no retry is left, and once more when somebody asks', () => {
  const twice: Run[] = [{ verdict: 'suspect' }, { attempt: 2, verdict: 'invalid' }];
  expect(standing(twice.slice(0, 1))?.state).toBe('again');
  expect(standing(twice)?.state).toBe('given_up');
  expect(standing(twice, { grantedRetries: [{ cell: 0, pair: 1 }] })?.state).toBe('again');
});

it('an interrupted run uses up no retry', () => {
  const interrupted = [1, 2, 3].map((attempt): Run => ({ attempt, interrupted: true, verdict: 'invalid' }));
  expect(standing(interrupted)?.state).toBe('again');
});

it('is given up when the experiment is over', () => {
  expect(standing([{}], { state: 'cancelled' })?.state).toBe('given_up');
  expect(standing([{ verdict: 'suspect' }], { state: 'done' })?.state).toBe('given_up');
});
