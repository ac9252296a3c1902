import { expect, it } from 'vitest';
import { blocksOf, countInstructions } from './code-blocks';

const code = {
  replica: 'replica1',
  programId: 7,
  name: 'p',
  tag: 't',
  problem: null,
  lines: [
    { kind: 'label', text: 'int p(ctx):', sourceLine: null },
    { kind: 'source', text: 'int p(void *ctx)', sourceLine: 10 },
    { kind: 'source', text: 'u64 now = clock();', sourceLine: 12 },
    { kind: 'instruction', text: '0: (bf) r6 = r1', sourceLine: 12 },
    { kind: 'instruction', text: '1: (95) exit', sourceLine: 12 },
  ],
} as const;

it('puts instructions under the source that they came from', () => {
  const lines = [...code.lines];
  expect(blocksOf(lines)).toEqual([
    { label: 'int p(ctx):', source: null, sourceLine: null, instructions: [] },
    {
      label: null,
      source: 'int p(void *ctx)\nu64 now = clock();',
      sourceLine: 10,
      instructions: ['0: (bf) r6 = r1', '1: (95) exit'],
    },
  ]);
  expect(countInstructions({ ...code, lines })).toBe(2);
});

it('shows instructions of a program without source', () => {
  expect(blocksOf([{ kind: 'instruction', text: '0: exit', sourceLine: null }])).toEqual([
    { label: null, source: null, sourceLine: null, instructions: ['0: exit'] },
  ]);
});

it('keeps the compiler’s own instructions apart from the line of source before them', () => {
  const lines = [...code.lines, { kind: 'source', text: '', sourceLine: 0 } as const, code.lines[4]];
  expect(blocksOf(lines).at(-1)).toMatchObject({ source: null, instructions: ['1: (95) exit'] });
});
