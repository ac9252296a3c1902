import { expect, test } from 'vitest';
import { parseCode, toCode } from './parse-code';

/** bpftool 7.1, `prog dump xlated id N linum`, cut. */
const DUMP = `int lab_broadcast(struct __sk_buff * skb):
; const __u32 only = 0; [file:/src/programs/broadcast.bpf.c line_num:106 line_col:14]
   2: (63) *(u32 *)(r10 -92) = r1
   3: (bf) r8 = r10
;  [file:/src/programs/broadcast.bpf.c line_num:0 line_col:0]
   4: (07) r8 += -92
; if (!own || at[0]) [file:/src/programs/a b.c line_num:112 line_col:11]
  16: (18) r1 = map[id:24140]
int other(void):
  18: (95) exit
`;

test('heads, source and instructions are told apart, and an instruction belongs to the line before it', () => {
  expect(parseCode(DUMP)).toEqual([
    { kind: 'label', text: 'int lab_broadcast(struct __sk_buff * skb):', sourceLine: null },
    { kind: 'source', text: 'const __u32 only = 0;', sourceLine: 106 },
    { kind: 'instruction', text: '   2: (63) *(u32 *)(r10 -92) = r1', sourceLine: 106 },
    { kind: 'instruction', text: '   3: (bf) r8 = r10', sourceLine: 106 },
    { kind: 'source', text: '', sourceLine: null },
    { kind: 'instruction', text: '   4: (07) r8 += -92', sourceLine: null },
    { kind: 'source', text: 'if (!own || at[0])', sourceLine: 112 },
    { kind: 'instruction', text: '  16: (18) r1 = map[id:24140]', sourceLine: 112 },
    { kind: 'label', text: 'int other(void):', sourceLine: null },
    { kind: 'instruction', text: '  18: (95) exit', sourceLine: null },
  ]);
});

test('code without source lines, and none at all', () => {
  expect(toCode({ exitCode: 0, stdout: '   0: (b7) r0 = 0\n   1: (95) exit\n', stderr: '' })).toEqual({
    lines: [
      { kind: 'instruction', text: '   0: (b7) r0 = 0', sourceLine: null },
      { kind: 'instruction', text: '   1: (95) exit', sourceLine: null },
    ],
    problem: null,
  });
  const nothing = toCode({ exitCode: 0, stdout: '\n', stderr: '' });
  expect(nothing).toEqual({ lines: [], problem: 'the kernel gives no translated code of this program' });
});

test('what the tool refuses is said in its words', () => {
  const failed = (exitCode: number | null, stderr: string) => toCode({ exitCode, stdout: '', stderr }).problem;
  expect(failed(255, 'Error: get by id (9): No such file or directory\n')).toBe(
    'bpftool prog dump failed with exit code 255: Error: get by id (9): No such file or directory',
  );
  expect(failed(127, 'not found')).toBe('the container has no bpftool');
  expect(failed(1, '')).toContain('no output');
});
