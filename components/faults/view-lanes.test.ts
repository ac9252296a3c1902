import { describe, expect, it } from 'vitest';
import { exampleEntry, exampleFault, exampleTimes, WINDOW_BEGAN } from './example-faults';
import { viewLanes } from './view-lanes';

const lane = (run: Parameters<typeof viewLanes>[0], name: string) =>
  viewLanes(run, 12_000)
    .find((each) => each.name === name)
    ?.segments.map(({ fromMs, toMs, status, view }) => [fromMs, toMs, status, view]);

describe('the lanes of views', () => {
  it('show the old leader down until it speaks again, then its recovery', () => {
    expect(lane(exampleTimes(), 'replica1')).toEqual([
      [-6_000, 5_000, 'leader', 0],
      [5_000, 9_400, 'down', null],
      [9_400, 9_600, 'recovering', 1],
      [9_600, 12_000, 'normal', 1],
    ]);
  });

  it('show who leads the new view, and nothing of whom nobody heard', () => {
    expect(lane(exampleTimes(), 'replica2')).toEqual([
      [-6_000, 5_200, 'normal', 0],
      [5_200, 5_300, 'view_change', 1],
      [5_300, 12_000, 'leader', 1],
    ]);
    expect(lane(exampleTimes(), 'replica3')).toEqual([]);
  });

  it('join what is said twice, and cut a pause out of what was said before it', () => {
    const pause = exampleFault({
      action: { kind: 'pause', target: { kind: 'replica', name: 'replica3' } },
      targets: ['replica3'],
      startedAt: WINDOW_BEGAN + 3_000,
      endedAt: WINDOW_BEGAN + 4_000,
    });
    const views = [exampleEntry(3, -6), exampleEntry(3, 1, { op: 21_000 })];
    expect(lane(exampleTimes({ faults: [pause], views }), 'replica3')).toEqual([
      [-6_000, 3_000, 'normal', 0],
      [3_000, 4_000, 'down', null],
      [4_000, 12_000, 'normal', 0],
    ]);
  });

  it('show nothing of an old life while the new one has not spoken, though the fault is over', () => {
    const views = [exampleEntry(1, -6)];
    expect(lane(exampleTimes({ views }), 'replica1')).toEqual([
      [-6_000, 5_000, 'leader', 0],
      [5_000, 12_000, 'down', null],
    ]);
  });

  it('end a kill where a restart by hand begins', () => {
    const kill = exampleFault({ endedAt: null, endsAt: null });
    const restart = exampleFault({
      id: 2,
      action: { kind: 'restart', target: { kind: 'it' } },
      startedAt: WINDOW_BEGAN + 8_000,
      endedAt: WINDOW_BEGAN + 8_010,
    });
    const downs = lane(exampleTimes({ faults: [kill, restart] }), 'replica1')?.filter(([, , status]) => status === 'down');
    expect(downs).toEqual([
      [5_000, 8_000, 'down', null],
      [8_000, 9_400, 'down', null],
    ]);
  });
});
