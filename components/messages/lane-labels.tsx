import { AXIS_PX, laneY } from './lane-scene';
import type { Lane } from './lanes';

/** Width of the names; the picture has the rest. */
export function labelsPx(wide: boolean): number {
  return wide ? 138 : 52;
}

type LaneLabelsProps = { lanes: readonly Lane[]; gapPx: number; heightPx: number; wide: boolean };

/** Who each lane is; on a phone by the short tag, with a word for the kernel. */
export function LaneLabels({ lanes, gapPx, heightPx, wide }: LaneLabelsProps) {
  return (
    <ul
      aria-label="Lanes"
      className="relative shrink-0 border-line border-r"
      style={{ height: heightPx, width: labelsPx(wide), paddingTop: AXIS_PX }}
    >
      {lanes.map((lane, index) => (
        <li
          className="-translate-y-1/2 absolute inset-x-0 flex flex-col pl-2 md:pl-4"
          key={`${lane.name} ${lane.says}`}
          style={{ top: laneY({ laneGapPx: gapPx }, index) }}
        >
          <span className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className="h-3 w-[3px] rounded-[1.5px]"
              style={{ background: lane.kernel ? 'var(--accent)' : lane.colour }}
            />
            <span className="mono font-semibold text-12 leading-4">{wide ? lane.name : lane.short}</span>
          </span>
          <span className="text-11 text-fg-3 leading-4">{wide ? lane.says : lane.kernel ? 'kernel' : ''}</span>
        </li>
      ))}
    </ul>
  );
}
