'use client';
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatPlural } from '@/components/ui/format';
import type { BpfCode } from '@/server/api/types';
import { blocksOf, type CodeBlock, countInstructions } from './code-blocks';
import { ScrollBox } from './scroll-box';
import { Box, Section } from './section';

/**
 * One program's translated code under its source. Everything is in the page, folded or not: the browser's own search finds it
 * and opens what was folded.
 */
export function CodeView({ code }: { code: BpfCode }) {
  // A new number draws the folds anew, so that "fold all" also folds what was opened by hand.
  const [folds, setFolds] = useState({ open: true, turn: 0 });
  const blocks = blocksOf(code.lines);
  const instructions = countInstructions(code);
  const title = `${code.name} of ${code.replica}`;
  return (
    <Section
      context={
        <>
          id {code.programId}, tag <span className="mono">{code.tag}</span>,{' '}
          {formatPlural(instructions, 'instruction', 'instructions')}
        </>
      }
      end={
        code.problem === null ? (
          <>
            <Button
              icon={folds.open ? ChevronsDownUp : ChevronsUpDown}
              kind="ghost"
              onClick={() => setFolds({ open: !folds.open, turn: folds.turn + 1 })}
              size="small"
            >
              {folds.open ? 'Fold all' : 'Unfold all'}
            </Button>
            <CopyButton text={code.lines.map(({ text }) => text).join('\n')} />
          </>
        ) : undefined
      }
      title={<span className="mono">{title}</span>}
    >
      {code.problem === null ? (
        <ScrollBox className="max-h-[640px] bg-bg p-3 text-12" key={folds.turn} label={`Code of ${title}`}>
          {blocks.map((block, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: code never changes.
            <Block block={block} key={at} open={folds.open} />
          ))}
        </ScrollBox>
      ) : (
        <Box className="px-4 py-3 text-fg-2">{code.problem}</Box>
      )}
    </Section>
  );
}

function Block({ block, open }: { block: CodeBlock; open: boolean }) {
  const instructions = <pre className="mono pl-6 text-fg-2 leading-[18px]">{block.instructions.join('\n')}</pre>;
  if (block.source === null) {
    return (
      <>
        {block.label === null ? null : <p className="mono mt-2 mb-1 font-semibold first:mt-0">{block.label}</p>}
        {block.instructions.length === 0 ? null : instructions}
      </>
    );
  }
  return (
    <details open={open}>
      <summary className="mono whitespace-pre-wrap text-accent leading-[18px]">
        {block.sourceLine === null ? '' : <span className="mr-2 text-fg-3">{block.sourceLine}</span>}
        {block.source}
        <span className="ml-2 text-11 text-fg-3">{block.instructions.length}</span>
        <span className="sr-only"> instructions</span>
      </summary>
      {instructions}
    </details>
  );
}
