import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportedArchive, ImportedRun } from './archive';
import { exampleRun } from './example-run';
import type { ExperimentRecord } from './experiment/experiment';
import { renumberArchive } from './renumber-archive';
import { WORKLOAD_DEFAULT } from './workload';

const EXPERIMENT: ExperimentRecord = {
  id: 'x-0003',
  plan: {
    title: 'One pair',
    question: 'Is it faster?',
    scenarios: ['scenario5'],
    variants: ['baseline', 'tc_broadcast'],
    workloads: [WORKLOAD_DEFAULT],
    pairs: 1,
    retriesPerPair: 1,
    seed: 7,
    insist: false,
  },
  state: 'done',
  note: null,
  origin: 'panel',
  createdAt: 1_000,
  endedAt: 2_000,
  grantedRetries: [],
  importedFrom: null,
  frozenNoiseFloor: null,
};

function runOf(id: string, side: number): ImportedRun {
  const place = { experimentId: EXPERIMENT.id, cell: 0, pair: 1, attempt: 1, side };
  const view = exampleRun({ config: { id, place } });
  return { view, intervals: [], events: [], samples: [], bpf: [], log: { [Symbol.asyncIterator]: noLines } };
}

async function* noLines() {}

function archiveOf(ids: string[], experiment: ExperimentRecord | null = EXPERIMENT): ImportedArchive {
  return { storeId: 'aaaaaa', createdAt: 5, experiment, runs: ids.map((id, side) => runOf(id, side)) };
}

const IDS = { runIds: new Map([['r-0007', 'r-0100']]), experimentId: 'x-0050' };

describe('an imported archive under new ids', () => {
  it('keeps the id and the store where it was first measured, however often it travels', () => {
    const anyId = fc.integer({ min: 1, max: 99_999 }).map((number) => `r-${String(number).padStart(4, '0')}`);
    const twoTrips = fc.tuple(fc.uniqueArray(anyId, { minLength: 1, maxLength: 8 }), fc.nat(50_000), fc.nat(50_000));
    fc.assert(
      fc.property(twoTrips, ([ids, first, second]) => {
        const trip = (archive: ImportedArchive, offset: number, at: number) => {
          const runIds = new Map(archive.runs.map(({ view }, index) => [view.config.id, `r-${offset + index}`]));
          return renumberArchive(archive, { runIds, experimentId: `x-${offset}` }, at);
        };
        const origin = archiveOf(ids);
        const twice = trip({ ...trip(origin, first, 10), storeId: 'bbbbbb' }, second, 20);
        expect(twice.runs.map(({ view }) => view.config.importedFrom)).toEqual(
          ids.map((id) => ({ storeId: 'aaaaaa', id, at: 10, note: null })),
        );
        expect(twice.experiment).toEqual({
          ...EXPERIMENT,
          id: `x-${second}`,
          importedFrom: { storeId: 'aaaaaa', id: 'x-0003', at: 10 },
        });
        for (const [index, run] of twice.runs.entries()) {
          const { id, place } = run.view.config;
          expect(id).toBe(`r-${second + index}`);
          expect(place).toEqual({ ...origin.runs[index]?.view.config.place, experimentId: `x-${second}` });
        }
      }),
    );
  });

  it('changes nothing that was measured', () => {
    const before = archiveOf(['r-0007']);
    const { config: _before, ...measured } = before.runs[0]?.view ?? {};
    const { config: _after, ...after } = renumberArchive(before, IDS, 10).runs[0]?.view ?? {};
    expect(after).toEqual(measured);
  });

  it('marks nothing on an engine', () => {
    const config = renumberArchive(archiveOf(['r-0007']), IDS, 10).runs[0]?.view.config;
    expect([config?.label, config?.project]).toEqual(['imported-r-0100', 'electrode-lab-imported-r-0100']);
  });

  it('leaves a place behind whose experiment did not come', () => {
    const { runs, experiment } = renumberArchive(archiveOf(['r-0007'], null), { ...IDS, experimentId: null }, 10);
    expect([experiment, runs[0]?.view.config.place]).toEqual([null, null]);
  });

  it('ends a paused experiment, since its other half cannot be measured here', () => {
    const paused: ExperimentRecord = { ...EXPERIMENT, state: 'paused', endedAt: null };
    const { experiment, runs } = renumberArchive(archiveOf(['r-0007'], paused), IDS, 10);
    expect(experiment).toMatchObject({ state: 'cancelled', endedAt: runs[0]?.view.endedAt });
  });

  it('is not made with an id missing', () => {
    expect(() => renumberArchive(archiveOf(['r-0009']), IDS, 10)).toThrow('No new id for the imported run r-0009');
    expect(() => renumberArchive(archiveOf(['r-0007']), { ...IDS, experimentId: null }, 10)).toThrow('experiment x-0003');
  });
});
