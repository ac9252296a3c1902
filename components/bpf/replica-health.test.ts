import { expect, it } from 'vitest';
import { examplePeer, exampleReplica } from './example-view';
import { driftsOf, healthOf } from './replica-health';

const measuring = { state: 'measuring', config: { clientFormat: 'lab' } } as const;

it('says what a replica has loaded and how often it runs', () => {
  expect(healthOf(exampleReplica('replica1'), measuring)).toEqual({ says: '1 program, 45,270 runs/s', wrong: false });
  expect(healthOf(undefined, measuring)).toEqual({ says: 'not looked at yet', wrong: false });
});

it('calls a missing program wrong only where the lab’s replica measures', () => {
  const bare = exampleReplica('replica1', { programs: [] });
  expect(healthOf(bare, measuring)).toEqual({ says: 'no program', wrong: true });
  expect(healthOf(bare, { ...measuring, state: 'leader' }).wrong).toBe(false);
  const foreign = { state: 'measuring', config: { clientFormat: 'electrode' } } as const;
  expect(healthOf(bare, foreign).wrong).toBe(false);
});

it('calls a program that hangs nowhere wrong, and a drifted map before everything else', () => {
  expect(healthOf(exampleReplica('replica1', { attachments: [] }), measuring)).toEqual({
    says: '1 program, none attached',
    wrong: true,
  });
  const drifted = exampleReplica('replica1', {
    attachments: [],
    maps: exampleReplica('replica1').maps.map((map) =>
      map.kind === 'peers' ? { ...map, rows: [examplePeer(3, { drift: ['mac'] })] } : map,
    ),
  });
  expect(healthOf(drifted, measuring).says).toBe('1 program, peer map drifted');
  expect(driftsOf([exampleReplica('replica2'), drifted]).map(({ replica, row }) => [replica, row.key])).toEqual([
    ['replica1', 3],
  ]);
});
