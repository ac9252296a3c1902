'use client';
import type { KeyboardEvent, RefObject } from 'react';
import type { Plot } from '@/pictures/picture';
import { applyScale, invertScale } from '@/pictures/scale';
import { usePlotPointer } from './use-plot-pointer';

type MomentCrosshairProps = {
  plot: Plot;
  box: RefObject<HTMLElement | null>;
  /** What the picture shows; names the crosshair. */
  name: string;
  /** Milliseconds on the x axis; null: none is pointed at. Shared by pictures of one time. */
  atMs: number | null;
  moveTo: (atMs: number | null) => void;
  /** What was at that moment, in words. */
  read: (atMs: number) => string;
  /** A click, or Enter. */
  onPick: (atMs: number) => void;
};

const STEPS_PX: Record<string, number> = { ArrowRight: 2, ArrowLeft: -2, PageUp: 20, PageDown: -20 };

/** A moment on a picture over time: pointed at, or moved by the arrow keys and chosen by Enter. */
export function MomentCrosshair({ plot, box, name, atMs, moveTo, read, onPick }: MomentCrosshairProps) {
  usePlotPointer({ axis: 'x', plot, box, moveTo, pick: onPick });
  const [low, high] = plot.x.domain;
  const shown = atMs !== null && atMs >= low && atMs <= high;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return moveTo(null);
    if (event.key === 'Enter' && atMs !== null) return onPick(atMs);
    const step = STEPS_PX[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const from = applyScale(plot.x, atMs ?? (low + high) / 2);
    moveTo(Math.min(high, Math.max(low, invertScale(plot.x, from + (atMs === null ? 0 : step)))));
  };
  return (
    <div
      aria-label={`Moment pointed at in ${name}`}
      aria-valuemax={high}
      aria-valuemin={low}
      aria-valuenow={Math.min(high, Math.max(low, atMs ?? low))}
      aria-valuetext={atMs === null ? 'none' : read(atMs)}
      className="pointer-events-none absolute rounded-1"
      onKeyDown={onKeyDown}
      role="slider"
      style={{ left: plot.left, top: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }}
      tabIndex={0}
    >
      {shown ? (
        <div className="absolute inset-y-0 border-fg-2 border-l" style={{ left: applyScale(plot.x, atMs) - plot.left }} />
      ) : null}
    </div>
  );
}
