'use client';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { Check } from 'lucide-react';
import { Quiet } from '@/components/ui/badge';
import { formatPlural } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useWide } from '@/components/ui/use-wide';
import type { BpfCode } from '@/server/api/types';
import { countInstructions } from './code-blocks';
import { type DiffRow, diffCode, foldSame, isSameCode, sideBySide } from './code-diff';
import { ScrollBox } from './scroll-box';

export type CodeSide = { title: string; code: BpfCode };

/** Two programs' translated code: side by side where there is room, one under the other on a phone. */
export function CodeDiffView({ left, right }: { left: CodeSide; right: CodeSide }) {
  const wide = useWide();
  const texts = [left, right].map(({ code }) => code.lines.map(({ text }) => text));
  const { data: rows } = useQuery({
    // The code of a program never changes: its tag stands for it.
    queryKey: ['bpf-code-diff', left.title, left.code.tag, right.title, right.code.tag, ...texts.map((lines) => lines.length)],
    queryFn: () => diffCode(texts[0] ?? [], texts[1] ?? []),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (rows === undefined) {
    return (
      <Loading label="Comparing the code">
        <Skeleton height={160} />
      </Loading>
    );
  }
  if (isSameCode(rows)) {
    return (
      <Quiet icon={Check} tone="ok" wraps>
        Same code: {formatPlural(countInstructions(left.code), 'instruction', 'instructions')}, equal in {left.title} and{' '}
        {right.title}
        {left.code.tag === right.code.tag ? ', with the same tag' : ' but for the tag'}. Numbers of maps and addresses are left
        out.
      </Quiet>
    );
  }
  const different = rows.filter(({ kind }) => kind !== 'same').length;
  return (
    <>
      <p className="mb-2 text-12 text-fg-2">
        {formatPlural(different, 'line differs', 'lines differ')}: <Mark kind="left" /> only in {left.title},{' '}
        <Mark kind="right" /> only in {right.title}. Numbers of maps and addresses are left out of the comparison.
      </p>
      <ScrollBox
        className="mono max-h-[640px] bg-bg text-12 leading-[19px]"
        label={`Code of ${left.title} beside ${right.title}`}
      >
        {foldSame(wide ? sideBySide(rows) : rows).map((part, at) =>
          part.kind === 'fold' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts never move.
            <p className="border-line border-y bg-surface-2 px-3 text-11 text-fg-3" key={at}>
              {formatPlural(part.lines, 'equal line', 'equal lines')}
            </p>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts never move.
            <div key={at}>
              {part.rows.map((row, line) => {
                const Row = wide ? WideRow : NarrowRow;
                // biome-ignore lint/suspicious/noArrayIndexKey: lines never move.
                return <Row key={line} row={row} />;
              })}
            </div>
          ),
        )}
      </ScrollBox>
    </>
  );
}

function NarrowRow({ row }: { row: DiffRow }) {
  return <Side kind={row.kind} text={row.left ?? row.right} />;
}

function WideRow({ row }: { row: DiffRow }) {
  const same = row.kind === 'same';
  return (
    <div className="grid grid-cols-2">
      <Side kind={same ? 'same' : 'left'} text={row.left} />
      <Side kind={same ? 'same' : 'right'} text={row.right} />
    </div>
  );
}

function Side({ kind, text }: { kind: DiffRow['kind']; text: string | null }) {
  const tone = { same: '', changed: '', left: 'bg-warn-soft', right: 'bg-accent-soft' }[kind];
  return (
    <pre className={clsx('min-w-0 whitespace-pre-wrap break-all pr-2 pl-1', text === null ? 'bg-surface-2' : tone)}>
      {text === null ? ' ' : `${MARKS[kind]} ${text}`}
    </pre>
  );
}

const MARKS = { same: ' ', changed: ' ', left: '−', right: '+' } as const satisfies Record<DiffRow['kind'], string>;

function Mark({ kind }: { kind: 'left' | 'right' }) {
  return (
    <span className={clsx('mono px-1', kind === 'left' ? 'bg-warn-soft text-warn' : 'bg-accent-soft text-accent')}>
      {MARKS[kind]}
    </span>
  );
}
