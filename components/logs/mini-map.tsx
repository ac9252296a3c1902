'use client';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { formatCount } from '@/components/ui/format';
import { drawMap, SLOT_PX, slotsOf } from './draw-map';
import type { LogReader } from './log-reader';
import { formatLogTime } from './log-time';
import { mapPlaceOf, mapRowAt } from './map-slots';
import { useReader } from './use-log-reader';

/** Four times a second is enough to see a log grow. */
const DRAW_MS = 250;

/** The whole log at the list's side: where it is dense, where it went wrong, what happened, and which part is in sight. */
export function MiniMap({ reader }: { reader: LogReader }) {
  useReader(reader);
  const canvas = useRef<HTMLCanvasElement>(null);
  useDrawing(canvas, reader);
  const { book, window: rows } = reader;
  const { from, to } = rows.inSight;
  const heightPx = rows.viewPx;
  const slots = slotsOf(heightPx);
  const top = book.rows === 0 ? 0 : mapPlaceOf(book, from, slots) * slots * SLOT_PX;
  const end = book.rows === 0 ? 0 : mapPlaceOf(book, Math.max(from, to - 1), slots) * slots * SLOT_PX;
  const line = book.lineAt(from);
  const goTo = (event: PointerEvent<HTMLDivElement>) => {
    const place = (event.clientY - event.currentTarget.getBoundingClientRect().top) / (slots * SLOT_PX);
    reader.goToRow(mapRowAt(book, place, slots) - Math.floor((to - from) / 2));
  };
  return (
    <div
      aria-label="Map of the log"
      aria-orientation="vertical"
      aria-valuemax={Math.max(1, book.rows)}
      aria-valuemin={0}
      aria-valuenow={Math.min(from + 1, book.rows)}
      aria-valuetext={`${line === null ? '' : `${formatLogTime(line.time)}, `}line ${formatCount(Math.min(from + 1, book.rows))} of ${formatCount(book.rows)} shown`}
      className="-outline-offset-2 relative w-[42px] shrink-0 cursor-pointer touch-none border-line border-l pl-1 max-md:hidden"
      onKeyDown={(event) => onMapKey(event, reader)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && goTo(event)}
      role="slider"
      tabIndex={0}
    >
      <canvas className="block size-full" ref={canvas} />
      {book.rows === 0 ? null : (
        <span
          className="pointer-events-none absolute inset-x-0 rounded-[2px] border border-accent bg-accent/15"
          style={{ top, height: Math.max(8, end - top + SLOT_PX) }}
        />
      )}
    </div>
  );
}

/** Draws at most four times a second, and again when the theme turns. */
function useDrawing(canvas: { current: HTMLCanvasElement | null }, reader: LogReader): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isStale = false;
    const draw = () => {
      isStale = false;
      if (canvas.current !== null) drawMap(canvas.current, reader.book);
      timer = setTimeout(() => {
        timer = null;
        if (isStale) draw();
      }, DRAW_MS);
    };
    const ask = () => {
      if (timer === null) draw();
      else isStale = true;
    };
    ask();
    const stop = reader.subscribe(ask);
    const theme = new MutationObserver(ask);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      stop();
      theme.disconnect();
      if (timer !== null) clearTimeout(timer);
    };
  }, [canvas, reader]);
}

function onMapKey(event: KeyboardEvent, reader: LogReader): void {
  const { from, to } = reader.window.inSight;
  const screen = to - from;
  const tenth = Math.max(screen, Math.ceil(reader.book.rows / 10));
  const row = {
    ArrowUp: from - screen,
    ArrowDown: from + screen,
    ArrowLeft: from - screen,
    ArrowRight: from + screen,
    PageUp: from - tenth,
    PageDown: from + tenth,
    Home: 0,
    End: reader.book.rows,
  }[event.key];
  if (row === undefined) return;
  event.preventDefault();
  reader.goToRow(row);
}
