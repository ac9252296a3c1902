import type { BpfCode } from '@/server/domain/bpf-watch';
import type { ExecResult } from '../docker/container-exec';
import { sayFailure } from './say-failure';

type Line = BpfCode['lines'][number];

/** The arguments that print a program's translated code with the lines of C it came from. */
export const dumpCommand = (programId: number) => ['bpftool', 'prog', 'dump', 'xlated', 'id', String(programId), 'linum'];

export function toCode({ exitCode, stdout, stderr }: ExecResult): Pick<BpfCode, 'lines' | 'problem'> {
  if (exitCode !== 0) return { lines: [], problem: sayFailure('bpftool prog dump', exitCode ?? 127, stdout + stderr) };
  const lines = parseCode(stdout);
  return lines.length > 0
    ? { lines, problem: null }
    : { lines, problem: 'the kernel gives no translated code of this program' };
}

/**
 * `bpftool prog dump xlated id N linum`: heads of functions at the margin, source behind `;` with the place it stands at, and
 * instructions. An instruction belongs to the source line before it.
 */
export function parseCode(text: string): Line[] {
  const lines: Line[] = [];
  let sourceLine: number | null = null;
  for (const raw of text.split('\n')) {
    if (raw.trim() === '') continue;
    const source = /^; (.*?) ?\[file:.* line_num:(\d+) line_col:\d+\]$/.exec(raw);
    if (source !== null) {
      // The compiler gives line 0 to what it made up itself.
      const number = Number(source[2]);
      sourceLine = number === 0 ? null : number;
      lines.push({ kind: 'source', text: source[1] ?? '', sourceLine });
    } else if (raw.startsWith(';')) {
      sourceLine = null;
      lines.push({ kind: 'source', text: raw.slice(1).trimStart(), sourceLine });
    } else if (/^\s*\d+: \(/.test(raw)) {
      lines.push({ kind: 'instruction', text: raw, sourceLine });
    } else {
      sourceLine = null;
      lines.push({ kind: 'label', text: raw, sourceLine });
    }
  }
  return lines;
}
