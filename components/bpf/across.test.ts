import { expect, it } from 'vitest';
import { groupPrograms, sayGroup, sumOf } from './across';
import { exampleProgram, exampleReplica } from './example-view';

const three = ['replica1', 'replica2', 'replica3'].map((name) => exampleReplica(name));

it('sets programs of one name side by side and says that their code is the same', () => {
  const [group] = groupPrograms(three);
  expect(group?.rows.map(({ replica }) => replica)).toEqual(['replica1', 'replica2', 'replica3']);
  expect(group && sayGroup(group)).toEqual({ words: 'same tag on all 3 replicas', fine: true });
});

it('says where the code differs or is missing', () => {
  const [group] = groupPrograms([
    exampleReplica('replica1'),
    exampleReplica('replica2', { programs: [exampleProgram({ tag: 'ffffffffffffffff' })] }),
    exampleReplica('replica3', { programs: [] }),
  ]);
  expect(group && sayGroup(group)).toEqual({
    words: '2 different tags: not the same code everywhere; missing on replica3',
    fine: false,
  });
});

it('adds up what is known', () => {
  const programs = three.flatMap((replica) => replica.programs);
  expect(sumOf(programs, 'runsPerS')).toBe(3 * 45_270);
  expect(sumOf([exampleProgram({ cpuShare: null })], 'cpuShare')).toBeNull();
});
