import { expect, it } from 'vitest';
import { followLives, toPoints } from './bpf-lives';
import type { WatchedReplica } from './bpf-watch';
import { exampleProgram } from './example-look';

const replica = (...ids: number[]): WatchedReplica => ({
  name: 'replica1',
  programs: ids.map((id) => ({
    ...exampleProgram(id, { runCnt: id * 10, runTimeNs: null }),
    ...{ owner: 'replica' as const, ownerReason: '', runsPerS: null, nsPerRun: null, cpuShare: null },
  })),
  attachments: [],
  maps: [],
  problem: null,
});
const listed = (...ids: number[]) => new Set(ids);

it('a program lives from its load until the kernel lists it no more', () => {
  const first = followLives([], [replica(11)], { at: 1000, listed: listed(5, 11) });
  const life = { replica: 'replica1', programId: 11, name: 'lab_broadcast', tag: '6d93a55983869661' };
  const begun = { ...life, loadedAt: 1_795_624_877_000, firstSeenAt: 1000, lastSeenAt: 1000, gone: false };
  expect(first).toEqual([begun]);
  // Its owner could not be looked into, but the kernel still has it.
  const second = followLives(first, [replica()], { at: 1500, listed: listed(11) });
  expect(second).toEqual([{ ...begun, lastSeenAt: 1500 }]);
  const third = followLives(second, [replica(12)], { at: 2000, listed: listed(12) });
  expect(third).toMatchObject([
    { programId: 11, lastSeenAt: 1500, gone: true },
    { programId: 12, firstSeenAt: 2000, gone: false },
  ]);
  expect(followLives(third, [replica(12)], { at: 2500, listed: listed(12) })).toHaveLength(2);
});

it('a look gives one point for each own program', () => {
  expect(toPoints([replica(11, 12)], 7)).toMatchObject([
    { replica: 'replica1', programId: 11, at: 7, runCnt: 110, runTimeNs: null },
    { replica: 'replica1', programId: 12, at: 7, runCnt: 120, runTimeNs: null },
  ]);
});
