'use client';
import { type ReactNode, type RefObject, useMemo, useRef } from 'react';
import type { Picture, Plot } from '@/pictures/picture';
import { Crosshair } from './crosshair';
import { ExportButtons } from './export-buttons';
import { toElement } from './to-element';
import { useWidth } from './use-width';

type PictureViewProps = {
  /** Kept between renders (useCallback), or it is drawn again each time. */
  draw: (width: number) => Picture;
  /** Names the files it is saved as. */
  name: string;
  /** Where its latencies lie; inside a CrosshairGroup it then shares the crosshair. */
  latencyAxis?: 'x' | 'y';
  /** Room kept before it is drawn, in pixels; a low picture would stand above a gap. */
  leastPx?: number;
  /** Laid over the picture, where there is a plot. */
  over?: (plot: Plot, box: RefObject<HTMLElement | null>) => ReactNode;
};

/** A picture, drawn for the width it is given and again when that changes, with a way to keep it as a file. */
export function PictureView({ draw, name, latencyAxis, leastPx = 190, over }: PictureViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const picture = useMemo(() => (width === null ? null : draw(width)), [draw, width]);
  const element = useMemo(() => (picture === null ? null : toElement(picture.root)), [picture]);
  return (
    <figure className="min-w-0">
      <div className="relative overflow-hidden [&>svg]:block" ref={box} style={{ minHeight: leastPx }}>
        {element}
        {latencyAxis === undefined || picture === null || picture.plot === null ? null : (
          <Crosshair axis={latencyAxis} box={box} name={name} plot={picture.plot} />
        )}
        {picture === null || picture.plot === null ? null : over?.(picture.plot, box)}
      </div>
      {width === null ? null : <ExportButtons draw={draw} name={name} shownWidth={width} />}
    </figure>
  );
}
