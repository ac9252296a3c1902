'use client';
import { useCallback, useEffect, useRef } from 'react';
import { useUrlState } from '@/components/ui/use-url-state';
import type { LaneMode, LaneView } from './lane-view';
import type { Operation } from './operations';
import type { TimeSpan } from './time-span';
import type { TraceBook } from './trace-book';

type ChosenOperation = {
  chosen: Operation | null;
  pick: (operation: Operation | null) => void;
  /** To the next sampled operation or the one before; without a chosen one, from the middle of the view. */
  step: (by: 1 | -1) => void;
};

/** The operation shown alone, in the address as `op`. Letting go of it brings back the view there was before. */
export function useChosenOperation(book: TraceBook, view: LaneView): ChosenOperation {
  const [op, setOp] = useUrlState('op');
  const before = useRef<{ mode: LaneMode; span: TimeSpan } | null>(null);
  const fitted = useRef<number | null>(null);
  const chosen = op === '' ? null : (book.find(Number(op)) ?? null);

  const pick = useCallback(
    (operation: Operation | null) => {
      if (operation === null) {
        setOp('');
        fitted.current = null;
        restore(view, before.current);
        before.current = null;
        return;
      }
      before.current ??= { mode: view.mode, span: view.span };
      fitted.current = operation.op;
      setOp(String(operation.op));
      view.showOperation(operation);
    },
    [view, setOp],
  );

  // An operation named by the address may arrive after the page; a linked stretch of time wins over fitting it.
  useEffect(() => {
    if (chosen === null || fitted.current === chosen.op) return;
    fitted.current = chosen.op;
    if (view.mode !== 'free') view.showOperation(chosen);
  }, [chosen, view]);

  // Following again means looking at what comes.
  useEffect(() => {
    const letGo = () => {
      if (view.mode === 'free' || fitted.current === null) return;
      fitted.current = null;
      before.current = null;
      setOp('');
    };
    return view.subscribe(letGo);
  }, [view, setOp]);

  const step = useCallback(
    (by: 1 | -1) => {
      const next = neighbour(book, chosen, { by, middleUs: (view.span.fromUs + view.span.toUs) / 2 });
      if (next !== undefined) pick(next);
    },
    [book, chosen, view, pick],
  );
  return { chosen, pick, step };
}

function restore(view: LaneView, before: { mode: LaneMode; span: TimeSpan } | null): void {
  if (before === null || before.mode === 'all') view.fitAll();
  else if (before.mode === 'follow') view.follow();
  else view.show(before.span);
}

type Step = { by: 1 | -1; middleUs: number };

function neighbour({ operations }: TraceBook, chosen: Operation | null, { by, middleUs }: Step): Operation | undefined {
  if (chosen !== null) return operations[operations.indexOf(chosen) + by];
  const next = operations.findIndex(({ firstUs }) => firstUs >= middleUs);
  const at = next < 0 ? operations.length : next;
  return operations[by === 1 ? at : at - 1];
}
