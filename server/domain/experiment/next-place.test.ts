import { describe, expect, it } from 'vitest';
import type { RunView } from '../run';
import { PAIR_GAP_MS } from './attempts';
import { sidesInOrder } from './block-order';
import { examplePlan, exampleRecord, exampleRunAt } from './example-experiment';
import type { ExperimentPlan, ExperimentRecord } from './experiment';
import { measureProgress } from './measure-progress';
import { nextPlace } from './next-place';
import type { Place } from './place';
import { toPlannedRun } from './planned-run';

type Change = { verdict?: 'valid' | 'suspect' | 'invalid'; view?: Partial<RunView> };

/** Runs a plan to its end by the rule alone; `how` decides what becomes of each run, by its number from 0. */
function play(record: ExperimentRecord, how: (place: Place, position: number) => Change = () => ({})): RunView[] {
  const runs: RunView[] = [];
  for (;;) {
    const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
    const place = nextPlace({ record, runs: planned, now: runs.at(-1)?.endedAt ?? 0 });
    if (place === null || runs.length > 500) return runs;
    runs.push(exampleRunAt(place, { position: runs.length, plan: record.plan, ...how(place, runs.length) }));
  }
}

const shortly = (runs: RunView[]) =>
  runs.map(({ config }) => `${config.place?.cell}.${config.place?.pair}.${config.place?.attempt}${config.variant.name[0]}`);

const control = (changes: Partial<ExperimentPlan> = {}) =>
  exampleRecord({ plan: examplePlan({ scenarios: ['scenario3'], pairs: 4, ...changes }) });

describe('the order of runs', () => {
  it('alternates AB and BA from pair to pair, and pair k is runs 2k-1 and 2k', () => {
    expect(shortly(play(control()))).toEqual(['0.1.1b', '0.1.1t', '0.2.1t', '0.2.1b', '0.3.1b', '0.3.1t', '0.4.1t', '0.4.1b']);
  });

  it('lets scenarios take turns and begins each round with another one', () => {
    const runs = play(exampleRecord({ plan: examplePlan({ pairs: 2 }) }));
    expect(shortly(runs)).toEqual(['0.1.1b', '0.1.1t', '1.1.1b', '1.1.1t', '1.2.1t', '1.2.1b', '0.2.1t', '0.2.1b']);
  });

  it.each([3, 4, 5])('balances %i variants: in a cycle each stands in every place and behind every other as often', (sides) => {
    const variants = Array.from({ length: sides }, (_, at) => `v${at}`);
    const cycle = sides % 2 === 0 ? sides : 2 * sides;
    const rows = Array.from({ length: cycle }, (_, at) => sidesInOrder({ variants, seed: 42 }, at + 1));
    const places = new Map<string, number>();
    const neighbours = new Map<string, number>();
    for (const row of rows) {
      expect([...row].sort()).toEqual(variants.map((_, at) => at));
      row.forEach((side, at) => {
        places.set(`${side}@${at}`, (places.get(`${side}@${at}`) ?? 0) + 1);
        if (at > 0) neighbours.set(`${row[at - 1]}>${side}`, (neighbours.get(`${row[at - 1]}>${side}`) ?? 0) + 1);
      });
    }
    expect(new Set(places.values())).toEqual(new Set([cycle / sides]));
    expect(neighbours.size).toBe(sides * (sides - 1));
    expect(new Set(neighbours.values())).toEqual(new Set([cycle / sides]));
  });

  it('of more than two variants depends on the seed alone', () => {
    const order = (seed: number) =>
      Array.from({ length: 6 }, (_, at) => sidesInOrder({ variants: ['a', 'b', 'c'], seed }, at + 1).join(''));
    expect(order(1)).toEqual(order(1));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => order(seed).join())).size).toBeGreaterThan(1);
  });
});

describe('a run that does not count', () => {
  it('ends its pair at once, and the pair runs again at the end, in the same order', () => {
    const runs = play(control(), (place) => (place.pair === 2 && place.attempt === 1 ? { verdict: 'invalid' } : {}));
    expect(shortly(runs)).toEqual(['0.1.1b', '0.1.1t', '0.2.1t', '0.3.1b', '0.3.1t', '0.4.1t', '0.4.1b', '0.2.2t', '0.2.2b']);
  });

  it('is run again as often as the plan allows, and once more for each time somebody asks', () => {
    const never = (place: Place): Change => (place.pair === 1 ? { verdict: 'suspect' } : {});
    const attempts = (record: ExperimentRecord) => play(record, never).filter(({ config }) => config.place?.pair === 1).length;
    expect(attempts(control({ retriesPerPair: 0 }))).toBe(1);
    expect(attempts(control({ retriesPerPair: 2 }))).toBe(3);
    const asked = { ...control({ retriesPerPair: 2 }), grantedRetries: [{ cell: 0, pair: 1 }] };
    expect(attempts(asked)).toBe(4);
  });
});

describe('after a restart', () => {
  it('a pair whose run was interrupted begins anew before anything else, and that is no retry', () => {
    const record = control({ retriesPerPair: 0 });
    const runs = play(record, (_, position) => (position === 3 ? { view: { state: 'interrupted' } } : {}));
    expect(shortly(runs)).toEqual([
      '0.1.1b',
      '0.1.1t',
      '0.2.1t',
      '0.2.1b',
      '0.2.2t',
      '0.2.2b',
      '0.3.1b',
      '0.3.1t',
      '0.4.1t',
      '0.4.1b',
    ]);
    const planned = runs.flatMap((run) => toPlannedRun(run) ?? []);
    expect(measureProgress({ record, runs: planned, now: 0 })).toMatchObject({ pairsCounted: 4, runsOver: 10, etaMs: 0 });
  });

  it('the other half of a pair still counts if it follows soon, and not after a long pause', () => {
    const record = control();
    const [first] = play(record);
    if (first === undefined) throw new Error('nothing ran');
    const planned = [first].flatMap((run) => toPlannedRun(run) ?? []);
    const end = first.endedAt ?? 0;
    expect(nextPlace({ record, runs: planned, now: end + PAIR_GAP_MS })).toMatchObject({ pair: 1, attempt: 1, side: 1 });
    expect(nextPlace({ record, runs: planned, now: end + PAIR_GAP_MS + 1 })).toMatchObject({ pair: 1, attempt: 2, side: 0 });
  });
});

describe('progress', () => {
  it('expects the plan, less what is done, more what runs again, and each cell at its own pace', () => {
    const record = exampleRecord();
    const all = play(record, (place) =>
      place.cell === 1 && place.pair === 1 && place.attempt === 1 ? { verdict: 'invalid' } : {},
    );
    const planned = all.flatMap((run) => toPlannedRun(run) ?? []);
    const early = measureProgress({ record, runs: planned.slice(0, 3), now: 0 });
    expect(early).toMatchObject({ runsOver: 3, runsExpected: 3 + 10, pairsCounted: 1, pairsWanted: 6, invalid: 1 });
    expect(early.etaMs).toBe(10 * 9_900);
    expect(measureProgress({ record, runs: planned, now: 0 })).toMatchObject({
      runsOver: 13,
      runsExpected: 13,
      pairsCounted: 6,
    });
  });
});
