'use client';
import { type RefObject, useEffect } from 'react';
import type { LaneView } from './lane-view';

type Spot = { x: number; y: number };

const WHEEL_STEP = 0.0022;
/** A press that moved less is a click. */
const CLICK_PX = 4;

/** Wheel, drag and pinch on the canvas. The wheel zooms once the lane has the focus, so that scrolling past is no accident. */
export function useLaneGestures(box: RefObject<HTMLElement | null>, view: LaneView, onClick: (at: Spot) => void): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const stops = [listenToWheel(element, view), listenToPointers(element, view, onClick)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [box, view, onClick]);
}

function listenToWheel(element: HTMLElement, view: LaneView): () => void {
  const onWheel = (event: WheelEvent) => {
    const pinch = event.ctrlKey || event.metaKey;
    if (!pinch && !element.matches(':focus, :focus-within')) return;
    // Passive listeners may not do this, which is why React's are not used.
    event.preventDefault();
    const { left, width } = element.getBoundingClientRect();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.panBy((sideways * lines) / width);
    else view.zoomBy(Math.exp(event.deltaY * lines * WHEEL_STEP * (pinch ? 4 : 1)), (event.clientX - left) / width);
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => element.removeEventListener('wheel', onWheel);
}

/** One pointer drags, two pinch. */
function listenToPointers(element: HTMLElement, view: LaneView, onClick: (at: Spot) => void): () => void {
  const down = new Map<number, Spot>();
  let start: Spot | null = null;
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    start = down.size === 1 ? { x: event.clientX, y: event.clientY } : null;
  };
  const onMove = (event: PointerEvent) => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    const { left, width } = element.getBoundingClientRect();
    const now = { x: event.clientX, y: event.clientY };
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (start !== null && Math.hypot(now.x - start.x, now.y - start.y) < CLICK_PX) return;
    start = null;
    down.set(event.pointerId, now);
    if (other === undefined) view.panBy((before.x - now.x) / width);
    else {
      const factor = Math.max(8, Math.abs(before.x - other.x)) / Math.max(8, Math.abs(now.x - other.x));
      view.zoomBy(factor, ((now.x + other.x) / 2 - left) / width);
    }
  };
  const onUp = (event: PointerEvent) => {
    down.delete(event.pointerId);
    if (event.type !== 'pointerup' || start === null) return;
    const { left, top } = element.getBoundingClientRect();
    onClick({ x: event.clientX - left, y: event.clientY - top });
    start = null;
  };
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onUp);
  return () => {
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onUp);
  };
}
