import { expect, it } from 'vitest';
import type { BpfSeries } from '@/server/api/types';
import { historyOf, reduceSteps, stepsOf } from './program-rates';

const series = (runCnt: (number | null)[], runTimeNs: (number | null)[]): BpfSeries => ({
  replica: 'replica1',
  programId: 7,
  name: 'p',
  tag: 't',
  at: runCnt.map((_, at) => at * 500),
  runCnt,
  runTimeNs,
});

it('leaves a gap where the count stood still: off and idle look the same', () => {
  const steps = stepsOf(series([null, 10, 10, 30], [null, 1_000, 1_000, 5_000]));
  expect(steps.map(({ runs }) => runs)).toEqual([null, null, 20]);
  expect(reduceSteps(steps, 600).points.map(({ runsPerS, nsPerRun }) => [runsPerS, nsPerRun])).toEqual([
    [null, null],
    [null, null],
    [40, 200],
  ]);
});

it('never draws more points than allowed, and keeps mean and highest of each', () => {
  const looks = 1_801;
  const counts = Array.from({ length: looks }, (_, at) => Math.ceil(at / 2) * 100);
  const { points, looks: perPoint } = reduceSteps(
    stepsOf(
      series(
        counts,
        counts.map((count) => count * 50),
      ),
    ),
    600,
  );
  expect(points.length).toBeLessThanOrEqual(600);
  expect(perPoint).toBe(3);
  expect(points[0]).toMatchObject({ runsPerS: 200, runsPerSMost: 200, nsPerRun: 50 });
});

it('weights the mean by time and by runs', () => {
  const steps = [
    { at: 100, ms: 100, runs: 10, ns: 1_000 },
    { at: 1_000, ms: 900, runs: 190, ns: 39_000 },
  ];
  const [point] = reduceSteps(steps, 1).points;
  expect(point).toEqual({
    at: 1_000,
    runsPerS: 200,
    runsPerSMost: (190 / 900) * 1_000,
    nsPerRun: 200,
    nsPerRunMost: 39_000 / 190,
  });
});

it('serves the sparks of a run that is over', () => {
  expect(historyOf([series([0, 50], [0, 500])]).get('replica1/7')).toEqual([100]);
});
