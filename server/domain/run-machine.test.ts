import { describe, expect, it } from 'vitest';
import { LabError } from './errors';
import { exampleConfig, exampleInterval, exampleRun } from './example-run';
import type { RunPhase, RunView } from './run';
import { RUN_PHASES } from './run';
import { describePhase, endRun, enterPhase, newRun, toRunError } from './run-machine';
import { withProgress } from './run-progress';
import { toSummary } from './run-summary';

const config = exampleConfig();
const T = config.createdAt;
const through = (phases: RunPhase[]) =>
  phases.reduce((view, phase, at) => enterPhase(view, phase, T + (at + 1) * 1000), newRun(config));

describe('a run', () => {
  it('waits in the queue until its first phase', () => {
    expect(newRun(config)).toMatchObject({ state: 'queued', startedAt: null, endedAt: null });
    expect(newRun(config).replicas.map(({ name }) => name)).toEqual([
      'replica1',
      'replica2',
      'replica3',
      'replica4',
      'replica5',
    ]);
  });

  it('closes one phase as it enters the next', () => {
    const view = through(['build', 'network']);
    expect(view).toMatchObject({ state: 'network', startedAt: T + 1000 });
    expect(view.phases).toEqual([
      { phase: 'queued', startedAt: T, endedAt: T + 1000, detail: null },
      { phase: 'build', startedAt: T + 1000, endedAt: T + 2000, detail: null },
      { phase: 'network', startedAt: T + 2000, endedAt: null, detail: null },
    ]);
  });

  it('enters each phase once and never goes back', () => {
    const view = through(['build', 'leader']);
    expect(enterPhase(view, 'leader', T + 9000)).toBe(view);
    expect(enterPhase(view, 'network', T + 9000)).toBe(view);
  });

  it('goes through all phases in order', () => {
    const view = through(RUN_PHASES.slice(1));
    expect(view.phases.map(({ phase }) => phase)).toEqual([...RUN_PHASES]);
  });

  it('takes a detail beside a phase', () => {
    const view = describePhase(through(['build', 'network']), 'network', '10.42.5.0/24');
    expect(view.phases.find(({ phase }) => phase === 'network')?.detail).toBe('10.42.5.0/24');
  });

  it('ends once: the first end counts, what was removed may follow', () => {
    const error = toRunError(new LabError('container_died', 'replica2 died.', { service: 'replica2', lastLines: ['boom'] }));
    const failed = endRun(through(['build', 'network']), 'failed', T + 5000, { error });
    expect(failed).toMatchObject({
      state: 'failed',
      endedAt: T + 5000,
      error: { code: 'container_died', service: 'replica2' },
    });
    expect(failed.phases.every(({ endedAt }) => endedAt !== null)).toBe(true);
    const later = endRun(failed, 'stopped', T + 6000, { removed: '6 containers, 1 network' });
    expect(later).toMatchObject({ state: 'failed', endedAt: T + 5000, removed: '6 containers, 1 network' });
    expect(enterPhase(later, 'measuring', T + 7000)).toBe(later);
  });

  it('stopped in the queue never started', () => {
    expect(endRun(newRun(config), 'stopped', T + 10)).toMatchObject({ state: 'stopped', startedAt: null });
  });

  it('keeps the message of a failure nobody foresaw', () => {
    expect(toRunError(new TypeError('x is not a function'))).toMatchObject({
      code: 'unexpected',
      message: 'Unexpected failure: x is not a function',
    });
    expect(toRunError('odd')).toMatchObject({ message: 'Unexpected failure: odd' });
  });
});

describe('progress', () => {
  const seconds: RunView = newRun(
    exampleConfig({ workload: { ...config.workload, amount: { kind: 'seconds', seconds: 20 } } }),
  );

  it('is unknown in the queue', () => {
    expect(withProgress(newRun(config), T + 60_000).progress).toBeNull();
  });

  it('has no ETA for requests until the run has a rate of its own', () => {
    const view = withProgress(through(['build']), T + 1100);
    expect(view.progress).toMatchObject({ etaMs: null });
    expect(view.progress?.fraction).toBeGreaterThan(0);
    const measuring = { ...through(['build', 'measuring']), completed: 10_000, throughputPerS: 5000 };
    expect(withProgress(measuring, T + 4000).progress?.etaMs).toBe(2000 + 1200);
  });

  it('counts a workload in seconds down from the start', () => {
    const measuring = enterPhase(enterPhase(seconds, 'build', T), 'measuring', T + 4000);
    expect(withProgress(measuring, T + 9000).progress?.etaMs).toBe(15_000 + 1200);
  });

  it('never goes back and reaches 1 at the end alone', () => {
    let view = enterPhase(seconds, 'build', T);
    let last = 0;
    for (const [at, phase] of [...RUN_PHASES.slice(1).entries()]) {
      view = enterPhase(view, phase, T + at * 4000);
      for (let ms = 0; ms <= 4000; ms += 500) {
        view = withProgress(view, T + at * 4000 + ms);
        expect(view.progress?.fraction).toBeGreaterThanOrEqual(last);
        last = view.progress?.fraction ?? 0;
      }
    }
    expect(last).toBeLessThan(1);
    expect(endRun(view, 'done', T + 60_000).progress).toEqual({ fraction: 1, etaMs: 0 });
  });
});

describe('toSummary', () => {
  it('is a line of the list with a spark of the measured part', () => {
    const intervals = [
      exampleInterval(0, [9_000_000], 'warmup'),
      ...Array.from({ length: 600 }, (_, at) => exampleInterval(at, [100_000 + at])),
    ];
    const summary = toSummary(exampleRun(), intervals);
    expect(summary).toMatchObject({
      id: 'r-0007',
      replicas: 5,
      variant: 'tc_broadcast',
      mechanism: 'offloaded',
      valid: true,
      remark: null,
    });
    expect(summary.p99SparkNs.length).toBeLessThanOrEqual(40);
    expect(Math.max(...summary.p99SparkNs)).toBeLessThan(200_000);
  });

  it('says what is wrong in one short line, the worst first', () => {
    const run = exampleRun();
    const error = { code: 'x', message: 'Leader replica1 silent for 3 s. More.', remedy: null, service: null, lastLines: [] };
    expect(toSummary({ ...run, state: 'failed', error }, [])).toMatchObject({
      remark: 'Leader replica1 silent for 3 s',
      valid: false,
    });
    const unfit = {
      ...run,
      proof: run.proof && { ...run.proof, fits: false, objections: ['Broadcast is broken. Only 0 of 5.'] },
    };
    expect(toSummary(unfit, [])).toMatchObject({ remark: 'Broadcast is broken', valid: false });
    expect(toSummary({ ...run, timeouts: 1200 }, []).remark).toBe('1,200 requests timed out');
    expect(toSummary(endRun(newRun(config), 'stopped', T), [])).toMatchObject({
      remark: 'stopped in phase queued',
      valid: null,
    });
  });
});
