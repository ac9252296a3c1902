'use client';
import { ChevronLeft, ChevronRight, Maximize2, Pause, Play, ZoomIn, ZoomOut } from 'lucide-react';
import { Button, IconButton } from '@/components/ui/button';
import { formatPlural } from '@/components/ui/format';
import { COLUMN_PX } from './draw-density';
import type { Drawn } from './draw-lanes';
import type { LaneMode, LaneView } from './lane-view';
import { formatSpan, type TimeSpan, widthOf } from './time-span';

type LaneBarProps = {
  view: LaneView;
  mode: LaneMode;
  live: boolean;
  waiting: number;
  onStep: (by: 1 | -1) => void;
};

/** Moves the view: what keys, wheel and fingers do, as buttons. */
export function LaneBar({ view, mode, live, waiting, onStep }: LaneBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      {live ? <FollowButton mode={mode} view={view} waiting={waiting} /> : null}
      <Button aria-pressed={mode === 'all'} icon={Maximize2} onClick={() => view.fitAll()} size="small">
        Fit all
      </Button>
      <IconButton icon={ZoomIn} kind="plain" label="Zoom in" onClick={() => view.zoomBy(0.5, 0.5)} />
      <IconButton icon={ZoomOut} kind="plain" label="Zoom out" onClick={() => view.zoomBy(2, 0.5)} />
      <IconButton icon={ChevronLeft} kind="plain" label="Show the operation before" onClick={() => onStep(-1)} />
      <IconButton icon={ChevronRight} kind="plain" label="Show the operation after" onClick={() => onStep(1)} />
    </div>
  );
}

function FollowButton({ view, mode, waiting }: Pick<LaneBarProps, 'view' | 'mode' | 'waiting'>) {
  if (mode === 'follow') {
    return (
      <Button icon={Pause} iconFilled onClick={() => view.free()} size="small">
        Pause
      </Button>
    );
  }
  return (
    <Button className="tabular-nums" icon={Play} iconFilled onClick={() => view.follow()} size="small">
      Follow
      {waiting === 0 ? null : <span className="text-accent">{formatPlural(waiting, 'operation', 'operations')} waiting</span>}
    </Button>
  );
}

type LaneCaptionProps = { drawn: Drawn; settled: TimeSpan; widthPx: number; alone: boolean };

/** What the picture shows at this zoom, and how to move it. */
export function LaneCaption({ drawn, settled, widthPx, alone }: LaneCaptionProps) {
  const column = (widthOf(settled) / Math.max(1, widthPx)) * COLUMN_PX;
  return (
    <p className="text-11 text-fg-3" id="lane-keys">
      <span className="text-fg-2">
        {formatSpan(widthOf(settled))} in view{alone ? ', this operation alone' : ''}.{' '}
        {drawn === 'density'
          ? `Each column: operations per ${formatSpan(column)}, at TC egress copies; zoom in for arrows. `
          : ''}
      </span>
      Click or tap an operation to see it alone. With the picture in focus: wheel, pinch, + and − zoom; drag, shift with the
      wheel and arrows move; Home, End and 0 go to the begin, the end and all; n and p choose the next operation or the one
      before, Escape lets go.
    </p>
  );
}
