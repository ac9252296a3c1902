import { expect, it } from 'vitest';
import { diffCode, foldSame, isSameCode, sideBySide } from './code-diff';

const LEFT = ['int f():', '   0: (18) r1 = map[id:12]', '   2: (85) call bpf_clone_redirect#-123', '   3: (95) exit'];

it('calls code that differs in map ids and addresses alone the same', async () => {
  const right = ['int f():', '   0: (18) r1 = map[id:99]', '   2: (85) call bpf_clone_redirect#-777', '   3: (95) exit'];
  expect(isSameCode(await diffCode(LEFT, right))).toBe(true);
});

it('tells two maps that were swapped', async () => {
  const left = ['r1 = map[id:1]', 'r2 = map[id:2]', 'r1 = map[id:1]'];
  const right = ['r1 = map[id:1]', 'r2 = map[id:2]', 'r1 = map[id:2]'];
  expect(isSameCode(await diffCode(left, right))).toBe(false);
});

it('sets a changed line beside what took its place, in the original words', async () => {
  const rows = await diffCode(LEFT, LEFT.with(2, '   2: (b7) r0 = 2'));
  expect(sideBySide(rows).filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'changed', left: '   2: (85) call bpf_clone_redirect#-123', right: '   2: (b7) r0 = 2' },
  ]);
});

it('folds long stretches of equal lines to their number', async () => {
  const lines = Array.from({ length: 50 }, (_, at) => `${at}: r0 = ${at}`);
  const parts = foldSame(await diffCode(lines, lines.with(25, '25: changed')));
  expect(parts.map((part) => (part.kind === 'fold' ? part.lines : part.rows.length))).toEqual([22, 8, 21]);
});
