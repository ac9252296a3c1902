'use client';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useUrlState } from '@/components/ui/use-url-state';
import { type LaneMode, LaneView } from './lane-view';
import { readSpan, type TimeSpan } from './time-span';
import type { TraceBook } from './trace-book';

/** Tables and address follow once the view has stood still this long; the picture follows at once. */
const SETTLED_MS = 150;

type HeldView = { view: LaneView; mode: LaneMode; settled: TimeSpan };

/** What is in view, kept in the address once somebody moved it: `from` and `to`. */
export function useLaneView(book: TraceBook, live: boolean): HeldView {
  const [from, setFrom] = useUrlState('from');
  const [to, setTo] = useUrlState('to');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address decides where the view begins, and follows from then on.
  const view = useMemo(() => {
    const made = new LaneView(book, live ? 'follow' : 'all');
    const linked = readSpan(from, to);
    if (linked !== null) made.show(linked);
    return made;
  }, [book]);
  const mode = useSyncExternalStore(
    (listener) => view.subscribe(listener),
    () => view.mode,
    () => view.mode,
  );
  const [settled, setSettled] = useState(view.span);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        setSettled(view.span);
        const free = view.mode === 'free';
        setFrom(free ? written(view.span.fromUs) : '');
        setTo(free ? written(view.span.toUs) : '');
      }, SETTLED_MS);
    };
    settle();
    const stop = view.subscribe(settle);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [view, setFrom, setTo]);
  return { view, mode, settled };
}

/** Points carry nanoseconds, and an address no more. */
function written(us: number): string {
  return String(Math.round(us * 1e3) / 1e3);
}
