'use client';
import { type RefObject, useEffect } from 'react';
import type { Plot } from '@/pictures/picture';
import { invertScale } from '@/pictures/scale';

type PlotPointer = {
  axis: 'x' | 'y';
  plot: Plot;
  /** Holds the picture. */
  box: RefObject<HTMLElement | null>;
  /** Where the pointer is on the axis, null outside the plot. */
  moveTo: (value: number | null) => void;
  /** A click inside the plot. */
  pick?: (value: number) => void;
};

/** Listens on the picture's box rather than on a layer above it, so that its points can still be hovered. */
export function usePlotPointer({ axis, plot, box, moveTo, pick }: PlotPointer): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const read = (event: MouseEvent) => {
      const { left, top } = element.getBoundingClientRect();
      const [x, y] = [event.clientX - left, event.clientY - top];
      const inside = x >= plot.left && x <= plot.right && y >= plot.top && y <= plot.bottom;
      return inside ? invertScale(plot[axis], axis === 'x' ? x : y) : null;
    };
    const follow = (event: PointerEvent) => moveTo(read(event));
    const leave = () => moveTo(null);
    const choose = (event: MouseEvent) => {
      const value = read(event);
      if (value !== null) pick?.(value);
    };
    element.addEventListener('pointermove', follow);
    element.addEventListener('pointerdown', follow);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('click', choose);
    return () => {
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('pointerdown', follow);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('click', choose);
    };
  }, [axis, plot, box, moveTo, pick]);
}
