import type { LaneView } from './lane-view';

const ZOOM = 0.6;
const PAN = 0.15;

/** What a key does to the view while the lane has the focus; false if nothing. */
export function pressLaneKey(view: LaneView, key: string): boolean {
  const act = {
    '+': () => view.zoomBy(ZOOM, 0.5),
    '=': () => view.zoomBy(ZOOM, 0.5),
    '-': () => view.zoomBy(1 / ZOOM, 0.5),
    ArrowLeft: () => view.panBy(-PAN),
    ArrowRight: () => view.panBy(PAN),
    Home: () => view.toStart(),
    End: () => view.toEnd(),
    '0': () => view.fitAll(),
  }[key];
  act?.();
  return act !== undefined;
}
