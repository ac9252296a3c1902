'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { LogLine } from '@/server/api/types';
import { LogRow } from './log-row';

/** A reader within this many pixels of the end follows. */
const END_PX = 24;

type LogListProps = {
  lines: readonly LogLine[];
  follow: boolean;
  /** The reader scrolled away from the end, or back to it. */
  onFollow: (follow: boolean) => void;
};

/** The lines in a box of its own that scrolls; only those in sight are drawn. */
export function LogList({ lines, follow, onFollow }: LogListProps) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => 20,
    overscan: 20,
    getItemKey: (index) => lines[index]?.seq ?? index,
  });

  useEffect(() => {
    if (follow && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, lines.length, virtual]);

  // A reader who paused at the very end has not come back to it: only who left the end and returns follows again.
  const left = useRef(false);
  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
    if (atEnd && left.current && !follow) onFollow(true);
    left.current = !atEnd && !follow;
  };
  // Only a reader's own hand pauses: growing content moves the end away without anybody scrolling.
  const pause = () => {
    if (follow) onFollow(false);
  };

  return (
    <section
      aria-label="Log lines"
      className="-outline-offset-2 h-[420px] overflow-y-auto overscroll-contain py-2"
      onKeyDown={(event) => ['PageUp', 'ArrowUp', 'Home'].includes(event.key) && pause()}
      onScroll={onScroll}
      onTouchMove={pause}
      onWheel={(event) => event.deltaY < 0 && pause()}
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard.
      tabIndex={0}
    >
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          return line === undefined ? null : (
            <div
              className="absolute top-0 left-0 w-full"
              data-index={item.index}
              key={item.key}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LogRow line={line} />
            </div>
          );
        })}
      </div>
    </section>
  );
}
