'use client';
import { createContext, type KeyboardEvent, type ReactNode, type RefObject, use, useMemo, useState } from 'react';
import { formatLatency, formatShare } from '@/components/ui/format';
import type { EcdfLines } from '@/pictures/data';
import type { Plot } from '@/pictures/picture';
import { readQuantile, readShare } from '@/pictures/read-ecdf';
import { applyScale, invertScale } from '@/pictures/scale';
import { usePlotPointer } from './use-plot-pointer';

type Lines = EcdfLines['lines'];
type Shared = { ns: number | null; moveTo: (ns: number | null) => void; lines: Lines };

const SharedCrosshair = createContext<Shared | null>(null);

/** Pictures inside share one crosshair: the latency pointed at in one is shown in all, and read for every side below. */
export function CrosshairGroup({ lines, children }: { lines: Lines; children: ReactNode }) {
  const [ns, moveTo] = useState<number | null>(null);
  const shared = useMemo(() => ({ ns, moveTo, lines }), [ns, lines]);
  return (
    <SharedCrosshair value={shared}>
      {children}
      <p className="min-h-[18px] text-12 text-fg-2">
        {ns === null
          ? 'Point at a curve, or focus its picture and use the arrow keys, to read every side.'
          : readSides(ns, lines)}
      </p>
    </SharedCrosshair>
  );
}

/** `At or below 208.3 µs: baseline 12 %, tc_broadcast 50 % of requests.` */
function readSides(ns: number, lines: Lines): string {
  const sides = lines.map(({ side, points }) => `${side.label} ${formatShare(readShare(points, ns))}`);
  return `At or below ${formatLatency(ns)}: ${sides.join(', ')} of requests.`;
}

type CrosshairProps = { axis: 'x' | 'y'; plot: Plot; box: RefObject<HTMLElement | null>; name: string };

/** The line over one picture, moved by pointer over `box` or by keys. Outside a group there is none. */
export function Crosshair(props: CrosshairProps) {
  const shared = use(SharedCrosshair);
  return shared === null ? null : <CrosshairLine {...props} {...shared} />;
}

const STEPS_PX: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

function CrosshairLine({ axis, plot, box, name, ns, moveTo, lines }: CrosshairProps & Shared) {
  usePlotPointer({ axis, plot, box, moveTo });
  const scale = plot[axis];
  const [low, high] = scale.domain;
  const shown = ns !== null && ns >= low && ns <= high;
  const onKeyDown = (event: KeyboardEvent) => {
    const from = ns ?? readQuantile(lines[0]?.points ?? [], 0.5) ?? low;
    const step = STEPS_PX[event.key];
    if (event.key === 'Escape') return moveTo(null);
    if (step === undefined) return;
    event.preventDefault();
    // Along the y axis, pixels count downwards.
    const position = applyScale(scale, from) + step * (axis === 'x' ? 2 : -2);
    moveTo(Math.min(high, Math.max(low, ns === null ? from : invertScale(scale, position))));
  };
  const at = shown ? applyScale(scale, ns) - (axis === 'x' ? plot.left : plot.top) : 0;
  return (
    <div
      aria-label={`Latency pointed at in ${name}`}
      aria-valuemax={high}
      aria-valuemin={low}
      aria-valuenow={Math.min(high, Math.max(low, ns ?? low))}
      aria-valuetext={ns === null ? 'none' : readSides(ns, lines)}
      className="pointer-events-none absolute rounded-1"
      onKeyDown={onKeyDown}
      role="slider"
      style={{ left: plot.left, top: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }}
      tabIndex={0}
    >
      {shown ? (
        <div
          className={axis === 'x' ? 'absolute inset-y-0 border-fg-2 border-l' : 'absolute inset-x-0 border-fg-2 border-t'}
          style={axis === 'x' ? { left: at } : { top: at }}
        />
      ) : null}
    </div>
  );
}
