import { expect, it } from 'vitest';
import { exampleRun } from './example-run';
import type { Observation } from './observation';
import { noteSpans, type ObservedSpan } from './observed-spans';

const KINDS: Observation['kind'][] = ['bpf_watch', 'bpf_statistics'];
const window = (endedAt: number | null) => ({ phase: 'measuring' as const, startedAt: 1000, endedAt, detail: null });
const inside = (from: number, to: number | null, endedAt: number | null = 3000) => {
  const span: ObservedSpan = { kind: 'bpf_watch', from, to };
  return noteSpans(exampleRun({ view: { phases: [window(endedAt)] } }), KINDS, [span]).observations;
};

it.each([
  ['before it alone', 0, 1000, []],
  ['behind it alone', 3000, null, []],
  ['into it', 500, 1500, [0, 500]],
  ['within it', 1200, 1400, [200, 400]],
  ['out of it', 2500, 4000, [1500, 2000]],
  ['over all of it', 0, null, [0, 2000]],
] as const)('what lasts %s', (_where, from, to, expected) => {
  expect(inside(from, to).flatMap(({ fromMs, toMs }) => [fromMs, toMs])).toEqual(expected);
});

it('is open while the window is', () => {
  expect(inside(1200, null, null)).toEqual([{ kind: 'bpf_watch', fromMs: 200, toMs: null }]);
});

it('stands in place of what was said of these kinds, and leaves others', () => {
  const trace: Observation = { kind: 'trace', fromMs: 0, toMs: 10 };
  const before = exampleRun({
    view: { phases: [window(null)], observations: [trace, { kind: 'bpf_watch', fromMs: 1, toMs: null }] },
  });
  const span: ObservedSpan = { kind: 'bpf_statistics', from: 1100, to: 1200 };
  expect(noteSpans(before, KINDS, [span]).observations).toEqual([trace, { kind: 'bpf_statistics', fromMs: 100, toMs: 200 }]);
});

it('is nothing for a run that does not measure yet', () => {
  const view = exampleRun({ view: { phases: [] } });
  expect(noteSpans(view, KINDS, [{ kind: 'bpf_watch', from: 0, to: null }])).toBe(view);
});
