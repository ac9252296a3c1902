import type { BpfCode } from '@/server/api/types';

type CodeLine = BpfCode['lines'][number];

/** Instructions under the line of C that they came from; source is null before the first one of a function. */
export type CodeBlock = { label: string | null; source: string | null; sourceLine: number | null; instructions: string[] };

/** Several lines of source in a row without instructions between them stay one block, as a call that was inlined leaves them. */
export function blocksOf(lines: readonly CodeLine[]): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (line.kind === 'label') blocks.push({ label: line.text, source: null, sourceLine: null, instructions: [] });
    else if (line.kind === 'source' && line.text.trim() === '') {
      // Code that the compiler put in of itself has a line of its own, without text.
      blocks.push({ label: null, source: null, sourceLine: null, instructions: [] });
    } else if (line.kind === 'source') {
      if (last !== undefined && last.source !== null && last.instructions.length === 0) last.source += `\n${line.text}`;
      else blocks.push({ label: null, source: line.text, sourceLine: line.sourceLine, instructions: [] });
    } else if (last === undefined) blocks.push({ label: null, source: null, sourceLine: null, instructions: [line.text] });
    else last.instructions.push(line.text);
  }
  return blocks;
}

export function countInstructions(code: BpfCode): number {
  return code.lines.filter(({ kind }) => kind === 'instruction').length;
}
