'use client';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { useWidth } from '@/components/pictures/use-width';
import { useWide } from '@/components/ui/use-wide';
import type { Drawn } from './draw-lanes';
import { pressLaneKey } from './lane-keys';
import { LaneLabels } from './lane-labels';
import { LanePainter } from './lane-painter';
import { heightPx, type LaneFault, type LaneScene, laneGapPx } from './lane-scene';
import type { LaneView } from './lane-view';
import { type Lane, laneFinder } from './lanes';
import type { Operation } from './operations';
import { readPalette } from './palette';
import { pickOperation } from './pick-operation';
import type { TraceBook } from './trace-book';
import { useLaneGestures } from './use-lane-gestures';
import { useTheme } from './use-theme';

type SwimLaneProps = {
  book: TraceBook;
  /** Of the book: a new one is drawn. */
  version: number;
  view: LaneView;
  lanes: readonly Lane[];
  selected: Operation | null;
  faults: readonly LaneFault[];
  onPick: (operation: Operation | null) => void;
  /** To the next sampled operation, or back. */
  onStep: (by: 1 | -1) => void;
  onDrawn: (drawn: Drawn) => void;
};

/** Every sampled message as an arrow from lane to lane, time to the right. Zooming and panning stay out of React. */
export function SwimLane({ book, version, view, lanes, selected, faults, onPick, onStep, onDrawn }: SwimLaneProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<LanePainter | null>(null);
  const scene = useRef<LaneScene | null>(null);
  const width = useWidth(box);
  const wide = useWide();
  const theme = useTheme();
  const gap = laneGapPx(lanes.length);
  const height = heightPx(lanes.length, gap);
  const laneOf = useMemo(() => laneFinder(lanes), [lanes]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the element's style says.
  const palette = useMemo(() => (box.current === null ? null : readPalette(box.current, lanes)), [lanes, theme, width]);

  useEffect(() => {
    if (canvas.current === null) return;
    const own = new LanePainter(canvas.current, onDrawn);
    painter.current = own;
    return () => own.stop();
  }, [onDrawn]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the book is one object; its version tells that it grew.
  useEffect(() => {
    if (width === null || palette === null) return;
    const show = () => {
      scene.current = { book, span: view.span, lanes, laneOf, selected, palette, faults, widthPx: width, laneGapPx: gap };
      painter.current?.show(scene.current);
    };
    show();
    return view.subscribe(show);
  }, [book, version, view, lanes, laneOf, selected, palette, faults, width, gap, onDrawn]);

  const pick = useCallback(
    ({ x, y }: { x: number; y: number }) => {
      const found = scene.current === null || scene.current.selected !== null ? null : pickOperation(scene.current, x, y);
      if (found !== null) onPick(found);
    },
    [onPick],
  );
  useLaneGestures(box, view, pick);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { n: 1, p: -1 }[event.key];
    if (step === 1 || step === -1) onStep(step);
    else if (event.key === 'Escape' && selected !== null) onPick(null);
    else if (!pressLaneKey(view, event.key)) return;
    event.preventDefault();
  };

  return (
    <div className="flex">
      <LaneLabels gapPx={gap} heightPx={height} lanes={lanes} wide={wide} />
      {/* An application: its keys go to the picture. What it shows stands in the tables below, for those who hear it. */}
      <div
        aria-describedby="lane-keys"
        aria-label="Swim-lane of sampled operations"
        className="-outline-offset-2 relative min-w-0 flex-1 cursor-grab touch-pan-y select-none active:cursor-grabbing"
        onKeyDown={press}
        ref={box}
        role="application"
        style={{ height }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys.
        tabIndex={0}
      >
        <canvas className="block size-full" ref={canvas} />
      </div>
    </div>
  );
}
