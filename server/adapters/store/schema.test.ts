import { join } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { exampleInterval, exampleRun } from '@/server/domain/example-run';
import type { Proof } from '@/server/domain/proof';
import type { RunView } from '@/server/domain/run';
import { newRun } from '@/server/domain/run-machine';
import { toSummary } from '@/server/domain/run-summary';
import { SCHEMA_VERSION, STEPS } from './schema';
import { withDataDir } from './temporary-store';

const { open, dataDir } = withDataDir();

const EVENT = { tUs: 7, source: 'replica1', event: 'ready', json: '{"v":1}' };

/** A store as version 3 left it: one sealed run with telemetry and a log, one that its process left behind. */
function makeVersion3(finished: RunView, unfinished: RunView): void {
  const db = new Database(join(dataDir(), 'lab.db'));
  for (const step of STEPS.slice(0, 3)) db.exec(step);
  const insert = db.prepare(
    'INSERT INTO runs (id, number, state, over, sealed, owner, view, summary, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [view, over] of [
    [finished, 1],
    [unfinished, 0],
  ] as const) {
    const { id, scenario } = view.config;
    const old = { view: JSON.stringify(viewOf3(view)), summary: JSON.stringify(summaryOf3(view)) };
    insert.run(id, Number(id.slice(2)), view.state, over, over, 'pid:[1]/1/1', old.view, old.summary, `${id} ${scenario}`);
  }
  const interval = exampleInterval(0, [2000]);
  db.prepare('INSERT INTO intervals VALUES (?, ?, ?, ?)').run('r-0001', 'measuring', 0, JSON.stringify(interval));
  db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?)').run('r-0001', EVENT.tUs, EVENT.source, EVENT.event, EVENT.json);
  db.prepare('INSERT INTO logs VALUES (?, ?, ?, ?)').run('r-0001', 10, 1000, 100);
  db.prepare("UPDATE sequence SET value = 2 WHERE name = 'run'").run();
  db.exec('PRAGMA user_version = 3');
  db.close();
}

function viewOf3({ deaths: _deaths, conditions: _conditions, validity: _validity, ...view }: RunView) {
  const {
    faults: _faults,
    outages: _outages,
    views: _views,
    leaders: _leaders,
    standing: _standing,
    safety: _safety,
    config,
    proof,
    ...rest
  } = view;
  const { place: _place, importedFrom: _importedFrom, faults: _plan, ...launched } = config;
  const replicas = view.replicas.map(
    ({ health: _health, affliction: _affliction, gap: _gap, acked: _acked, ...replica }) => replica,
  );
  return { ...rest, config: launched, replicas, proof: proof && proofOf3(proof) };
}

function proofOf3({ delivery, sameLog, ...proof }: Proof) {
  const { declared: _declared, ...delivered } = delivery;
  const { live: _live, ...same } = sameLog;
  return { ...proof, delivery: delivered, sameLog: same };
}

/** Who was live stands nowhere in it, nor whether it was safe. */
const withoutSafety = (view: RunView): RunView => ({
  ...view,
  safety: null,
  proof: view.proof && { ...view.proof, sameLog: { ...view.proof.sameLog, live: [] } },
});

function summaryOf3(view: RunView) {
  const { verdict: _verdict, place: _place, imported: _imported, ...summary } = toSummary(view, []);
  return summary;
}

it('fills what runs of version 3 do not say, and loses nothing of them', () => {
  const finished = exampleRun({ config: { id: 'r-0001', size: 3 } });
  const unfinished = newRun(exampleRun({ config: { id: 'r-0002', size: 5 } }).config);
  makeVersion3(finished, unfinished);
  const store = open();
  expect(store.view('r-0001')).toEqual(withoutSafety(finished));
  expect(store.view('r-0002')).toEqual(unfinished);
  expect(store.intervals('r-0001')).toEqual([exampleInterval(0, [2000])]);
  expect(store.events('r-0001')).toEqual([EVENT]);
  expect(store.unfinished()).toEqual([unfinished]);
  expect(store.nextRunId()).toBe('r-0003');
  expect(store.nextExperimentId()).toBe('x-0001');
});

it('lists, filters and removes runs of version 3 like all others', async () => {
  makeVersion3(
    exampleRun({ config: { id: 'r-0001', size: 3 } }),
    newRun(exampleRun({ config: { id: 'r-0002', size: 5 } }).config),
  );
  const store = open();
  const [row] = store.list({ limit: 9, scenario: 'scenario3', search: 'r-0001' }).rows;
  expect(row).toEqual({ ...toSummary(exampleRun({ config: { id: 'r-0001', size: 3 } }), []), tags: [], note: null });
  expect(store.list({ limit: 9, state: 'unfinished' }).rows.map(({ id }) => id)).toEqual(['r-0002']);
  expect(store.facets().scenarios).toEqual([
    { value: 'scenario3', runs: 1 },
    { value: 'scenario5', runs: 1 },
  ]);
  const plan = store.planRetention({ maxAgeDays: 0, maxBytes: null }, Date.now());
  expect(plan.remove).toMatchObject([{ id: 'r-0001', createdAt: 1_763_900_000_000 }]);
  expect(plan.remove[0]?.bytes).toBeGreaterThan(JSON.stringify(row).length + 100);
  expect((await store.removeRuns(['r-0001'])).runs).toBe(1);
  expect(store.list({ limit: 9 }).total).toBe(1);
});

it('is at its version afterwards, also for who opens it again', () => {
  open();
  const db = new Database(join(dataDir(), 'lab.db'));
  expect(db.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: SCHEMA_VERSION });
  db.close();
  open();
});
