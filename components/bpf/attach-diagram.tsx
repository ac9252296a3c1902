import type { AttachLane } from './attach-lanes';
import { sayPlace } from './attach-lanes';

type AttachDiagramProps = {
  lanes: readonly AttachLane[];
  replica: string;
  /** `pid 1, 10.42.5.11:12345`: what is known of the process. */
  process: string;
  /** What is known of the interface. */
  wire: string;
  /** Frames for one flagged datagram at the egress hook; null where none was cloned. */
  framesOut: number | null;
};

const WIDTH = 1_010;
const BOX = 42;
const STEP = 54;
const LANE_GAP = 12;
const HOOK_X = 200;
const PROGRAM_X = 440;
const WIRE_X = 750;

/** Process, hooks, programs and wire, from left to right: what leaves above, what arrives below. */
export function AttachDiagram({ lanes, replica, process, wire, framesOut }: AttachDiagramProps) {
  const placed = placeLanes(lanes);
  const height = Math.max(placed.at(-1)?.bottom ?? 0, BOX) + 10;
  const middle = (height - BOX) / 2;
  return (
    <svg
      aria-label={`Attach points of ${replica}: ${sayLanes(lanes)}`}
      className="block w-full min-w-[760px]"
      role="img"
      viewBox={`0 0 ${WIDTH} ${height}`}
    >
      <Arrowheads />
      {placed.map(({ lane, top }) => (
        <Lane framesOut={framesOut} key={lane.key} lane={lane} middle={middle} top={top} />
      ))}
      <Node line={process} title={replica} width={160} x={0} y={middle} />
      <Node line={wire} title={lanes[0]?.ifname ?? 'wire'} width={250} x={WIRE_X} y={middle} />
    </svg>
  );
}

function placeLanes(lanes: readonly AttachLane[]) {
  let top = 5;
  return lanes.map((lane) => {
    const at = top;
    const bottom = at + (lane.attachments.length - 1) * STEP + BOX;
    top = bottom + LANE_GAP + (lane.way === 'leaves' ? 24 : 0);
    return { lane, top: at, bottom };
  });
}

type LaneProps = { lane: AttachLane; top: number; middle: number; framesOut: number | null };

function Lane({ lane, top, middle, framesOut }: LaneProps) {
  const leaves = lane.way === 'leaves';
  const y = top + BOX / 2;
  const last = top + (lane.attachments.length - 1) * STEP + BOX / 2;
  const process = middle + BOX / 2 + (leaves ? -7 : 9);
  const wire = middle + BOX / 2 + (leaves ? -4 : 8);
  const line = leaves ? LEAVES : ARRIVES;
  const copies = leaves && framesOut !== null ? Math.min(8, Math.round(framesOut)) : 1;
  return (
    <g>
      <Node line={lane.ifname} title={lane.title} width={190} x={HOOK_X} y={top} />
      {lane.attachments.map((attachment, at) => (
        <Node
          accent={leaves}
          key={`${attachment.programId} ${attachment.handle} ${attachment.priority}`}
          line={[`id ${attachment.programId ?? 'unknown'}`, sayPlace(attachment)].filter((word) => word !== '').join(', ')}
          title={`${lane.attachments.length > 1 ? `${at + 1}. ` : ''}${attachment.programName || 'without a name'}`}
          width={210}
          x={PROGRAM_X}
          y={top + at * STEP}
        />
      ))}
      {lane.attachments.slice(1).map((attachment, at) => (
        <path
          d={`M${PROGRAM_X + 105} ${top + at * STEP + BOX}v${STEP - BOX - 2}`}
          key={`${attachment.programId} ${attachment.handle} down`}
          {...line}
        />
      ))}
      {leaves ? (
        <>
          <path d={curve([160, process], [HOOK_X - 4, y])} {...line} strokeWidth={3} />
          <path d={`M${HOOK_X + 190} ${y}H${PROGRAM_X - 4}`} {...line} strokeWidth={3} />
          {Array.from({ length: copies }, (_, copy) => (copy - (copies - 1) / 2) * 6).map((offset) => (
            <path d={curve([PROGRAM_X + 210, last], [WIRE_X - 4, wire + offset])} key={offset} {...line} strokeWidth={1.5} />
          ))}
          {framesOut === null ? null : (
            <text fill="var(--text-2)" fontSize={11} x={PROGRAM_X + 236} y={last - 8 - copies * 3}>
              1 in, {Number(framesOut.toFixed(2))} frames out
            </text>
          )}
        </>
      ) : (
        <>
          <path d={curve([WIRE_X, wire], [PROGRAM_X + 214, y])} {...line} />
          <path d={`M${PROGRAM_X} ${y}H${HOOK_X + 194}`} {...line} />
          <path d={curve([HOOK_X, y], [164, process])} {...line} />
        </>
      )}
    </g>
  );
}

const LEAVES = { fill: 'none', stroke: 'var(--accent)', markerEnd: 'url(#attach-leaves)' } as const;
const ARRIVES = { fill: 'none', stroke: 'var(--text-3)', strokeWidth: 1.3, markerEnd: 'url(#attach-arrives)' } as const;

/** From the side of one box into the side of another. */
function curve([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string {
  const bend = (x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function Arrowheads() {
  return (
    <defs>
      {(['leaves', 'arrives'] as const).map((way) => (
        <marker
          id={`attach-${way}`}
          key={way}
          markerHeight={7}
          markerUnits="userSpaceOnUse"
          markerWidth={7}
          orient="auto"
          refX={5}
          refY={3}
          viewBox="0 0 6 6"
        >
          <path d="M0 0 6 3 0 6z" fill={way === 'leaves' ? 'var(--accent)' : 'var(--text-3)'} />
        </marker>
      ))}
    </defs>
  );
}

type NodeProps = { x: number; y: number; width: number; title: string; line: string; accent?: boolean };

function Node({ x, y, width, title, line, accent = false }: NodeProps) {
  return (
    <g>
      <rect
        fill={accent ? 'var(--accent-soft)' : 'var(--surface-2)'}
        height={BOX}
        rx={6}
        stroke={accent ? 'var(--accent)' : 'var(--border-strong)'}
        width={width}
        x={x}
        y={y}
      />
      <text fill="var(--text)" fontFamily="var(--face-mono)" fontSize={12} fontWeight={600} x={x + 12} y={y + 18}>
        {title}
      </text>
      <text fill="var(--text-2)" fontSize={11} x={x + 12} y={y + 33}>
        {line}
      </text>
    </g>
  );
}

function sayLanes(lanes: readonly AttachLane[]): string {
  return lanes
    .map(
      ({ title, ifname, attachments }) =>
        `${ifname} ${title}: ${attachments.map(({ programName, programId }) => `${programName} (${programId})`).join(', then ')}`,
    )
    .join('; ');
}
