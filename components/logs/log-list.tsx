'use client';
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useWide } from '@/components/ui/use-wide';
import type { FindMatches } from './find-matches';
import type { LogReader } from './log-reader';
import { LogRow, MissingRow, ROW_PX } from './log-row';
import { describeList, paintAnnouncer } from './painted';
import { useReader } from './use-log-reader';

type LogListProps = {
  reader: LogReader;
  find: FindMatches | null;
  /** Shows the selected line whole, or no longer. */
  onOpen: (open: boolean) => void;
};

/** The lines in a box of its own that scrolls; only those in sight are drawn. */
export function LogList({ reader, find, onOpen }: LogListProps) {
  useReader(reader);
  const box = useRef<HTMLElement>(null);
  const announce = useRef(paintAnnouncer());
  const rowPx = useWide() ? ROW_PX.wide : ROW_PX.phone;
  useBoxSize(box, reader, rowPx);

  // Without dependencies: whatever is drawn has its place, its numbers, and the lines it lacks fetched.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    if (Math.abs(element.scrollTop - reader.window.scrollTop) >= 1) element.scrollTop = reader.window.scrollTop;
    reader.painted(element.scrollTop);
    reader.fetchSight();
    const painted = describeList(element, reader);
    if (painted !== null) announce.current(painted);
  });

  const { book, window: rows, selected } = reader;
  const { from, to } = rows.drawn;
  return (
    <section
      aria-label="Log lines"
      className="-outline-offset-2 relative min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none] [contain:strict]"
      onClick={(event) => selectClicked(event, reader)}
      onDoubleClick={() => onOpen(true)}
      onKeyDown={(event) => onListKey(event, reader, onOpen)}
      onScroll={({ currentTarget: box }) => reader.scrolled(box.scrollTop, box.scrollHeight - box.clientHeight)}
      onWheel={(event) => event.deltaY < 0 && reader.setFollow(false)}
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
      tabIndex={0}
    >
      <div className="relative w-full overflow-hidden" style={{ height: rows.heightPx }}>
        <div className="absolute left-0 w-full" style={{ top: rows.offsetOf(from) }}>
          {numbers(from, to).map((row) => {
            const line = book.lineAt(row);
            // At the end of a fast log every row is another each time: new words in a row cost less than a new row. Who reads
            // keeps his rows, and what he has marked in them.
            const key = reader.follow ? row - from : row;
            return line === null ? (
              <MissingRow key={key} row={row} />
            ) : (
              <LogRow find={find} isSelected={line.seq === selected?.seq} key={key} line={line} />
            );
          })}
        </div>
      </div>
    </section>
  );
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function useBoxSize(box: { current: HTMLElement | null }, reader: LogReader, rowPx: number): void {
  useLayoutEffect(() => {
    if (box.current !== null) reader.resized(box.current.clientHeight, rowPx);
  }, [box, reader, rowPx]);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => reader.resized(element.clientHeight, reader.window.rowPx));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box, reader]);
}

function selectClicked({ target }: MouseEvent, reader: LogReader): void {
  // Somebody who marks text to copy it does not mean the line.
  if (window.getSelection()?.isCollapsed === false || !(target instanceof Element)) return;
  const seq = Number(target.closest('[data-seq]')?.getAttribute('data-seq') ?? 0);
  const row = seq === 0 ? null : reader.book.rowOfSeq(seq);
  const line = row === null ? null : reader.book.lineAt(row);
  if (line !== null) reader.select(line);
}

function onListKey(event: KeyboardEvent, reader: LogReader, onOpen: (open: boolean) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const does: Record<string, () => void> = {
    ArrowDown: () => void reader.move(1),
    ArrowUp: () => void reader.move(-1),
    Home: () => reader.goToRow(0),
    End: () => reader.setFollow(true),
    Enter: () => onOpen(true),
    Escape: () => onOpen(false),
  };
  if (event.key === 'PageUp') reader.setFollow(false);
  const run = does[event.key];
  if (run === undefined) return;
  event.preventDefault();
  run();
}
