import { describe, expect, it } from 'vitest';
import { exampleFault, exampleTimes, WINDOW_BEGAN } from './example-faults';
import { faultMarks } from './fault-marks';

describe('faults on a chart', () => {
  it('are bands since measuring began; what came of them are moments', () => {
    expect(faultMarks(exampleTimes(), 12_000)).toEqual({
      spans: [{ fromMs: 5_000, toMs: 9_000, label: 'kill replica1', kind: 'fault' }],
      moments: [
        { atMs: 5_010, label: 'no reply for 312 ms', kind: 'outage' },
        { atMs: 5_300, label: 'replica2 leads view 1', kind: 'leader' },
      ],
    });
  });

  it('reach as far as the chart while they go on, and not beyond', () => {
    const faults = [exampleFault({ endedAt: null, endsAt: null })];
    expect(faultMarks(exampleTimes({ faults }), 7_500).spans[0]).toMatchObject({ fromMs: 5_000, toMs: 7_500 });
  });

  it('are moments where they took no time, and nothing before measuring began', () => {
    const faults = [
      exampleFault({ startedAt: WINDOW_BEGAN + 9_000, endedAt: WINDOW_BEGAN + 9_010, title: 'restart replica1' }),
    ];
    const marks = faultMarks(exampleTimes({ faults, outages: [], leaders: [] }), 12_000);
    expect(marks).toEqual({ spans: [], moments: [{ atMs: 9_000, label: 'restart replica1', kind: 'fault' }] });
    expect(faultMarks(exampleTimes({ phases: [] }), 0)).toEqual({ spans: [], moments: [] });
  });
});
