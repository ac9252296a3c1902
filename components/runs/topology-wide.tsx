import type { Cluster, ClusterNode } from './cluster';

const WIDTH = 600;
/** Height of the picture; followers spread over it, so that three and seven replicas fill the same card. */
const HEIGHT = 330;
const ROW_MAX = 74;
const NODE_HEIGHT = 40;
const HOOK_X = 306;

/** Client, leader and followers side by side; drawn for a wide card. */
export function WideTopology({ cluster }: { cluster: Cluster }) {
  const row = Math.min(ROW_MAX, (HEIGHT - 30) / cluster.followers.length);
  const middle = HEIGHT / 2 - 8;
  const first = middle - ((cluster.followers.length - 1) * row) / 2;
  const flow = cluster.cloned ? 'var(--accent)' : 'var(--text-2)';
  return (
    <svg aria-label={describe(cluster)} className="h-auto w-full" role="img" viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <Arrows />
      <g opacity={cluster.live ? 1 : 0.55} stroke="var(--text-3)" strokeWidth="1.2">
        <path d={`M100 ${middle - 7}H170`} markerEnd="url(#arrow-quiet)" />
        <path d={`M176 ${middle + 7}H106`} markerEnd="url(#arrow-quiet)" />
      </g>
      <Words anchor="middle" x={138} y={middle - 28}>
        request
      </Words>
      <Words anchor="middle" colour="var(--text-2)" x={138} y={middle - 14}>
        {cluster.requests}
      </Words>
      <Words anchor="middle" x={138} y={middle + 22}>
        reply
      </Words>
      <Words anchor="middle" colour="var(--text-2)" x={138} y={middle + 36}>
        {cluster.replies}
      </Words>
      {cluster.cloned ? <path d={`M280 ${middle}H${HOOK_X}`} stroke={flow} strokeWidth="4" /> : null}
      {cluster.followers.map((follower, index) => {
        const y = first + index * row;
        const from = cluster.cloned ? HOOK_X + 20 : 280;
        return (
          <g key={follower.name} opacity={cluster.live ? 1 : 0.55}>
            <path
              d={`M${from} ${middle}C${from + 62} ${middle} 382 ${y - 5} 444 ${y - 5}`}
              fill="none"
              markerEnd={arrowOf(cluster, follower)}
              stroke={isAbsent(follower) ? 'var(--warn)' : flow}
              strokeDasharray={isAbsent(follower) ? '6 4' : undefined}
              strokeWidth="1.5"
            />
            {!isAbsent(follower) && follower.face !== 'idle' ? (
              <path
                d={`M450 ${y + 9}C378 ${y + 9} 388 ${middle + 26} 288 ${middle + 20}`}
                fill="none"
                stroke="var(--text-3)"
                strokeDasharray="2 3"
              />
            ) : null}
            <EdgeRate x={414} y={0.1 * middle + 0.9 * (y - 5) + 4}>
              {follower.copies}
            </EdgeRate>
          </g>
        );
      })}
      {cluster.cloned ? (
        <>
          <rect fill="var(--accent-soft)" height="34" rx="4" stroke="var(--accent)" width="20" x={HOOK_X} y={middle - 17} />
          <Words anchor="middle" colour="var(--accent)" strong x={HOOK_X + 10} y={middle - 24}>
            TC egress
          </Words>
        </>
      ) : null}
      <Node
        height={46}
        node={{ name: cluster.client.name, says: cluster.client.says, colour: 'var(--client)', face: 'ok' }}
        width={86}
        x={14}
        y={middle}
      />
      <Node height={60} leader node={cluster.leader} width={104} x={176} y={middle} />
      {cluster.followers.map((follower, index) => (
        <Node height={NODE_HEIGHT} key={follower.name} node={follower} width={150} x={448} y={first + index * row} />
      ))}
      <Words colour="var(--text-2)" x={176} y={middle + 48}>
        {cluster.sendsPerBroadcast}
      </Words>
      <Words x={176} y={middle + 63}>
        {cluster.sends}
      </Words>
      <Resends x={176} y={middle + 80}>
        {cluster.resends}
      </Resends>
      <Words anchor="end" x={436} y={HEIGHT - 4}>
        {[cluster.framesPerBroadcast, cluster.copies, 'dotted: PREPARE-OK'].filter(Boolean).join(', ')}
      </Words>
    </svg>
  );
}

/** What the picture shows, for those who hear it. */
export function describe(cluster: Cluster): string {
  const how = cluster.cloned
    ? 'one datagram leaves its socket and is cloned at TC egress'
    : 'it sends one datagram to each follower';
  const absent = [cluster.leader, ...cluster.followers].filter(isAbsent);
  const silence = absent.map(({ name, says }) => ` ${name} is ${says}.`).join('');
  const behind = cluster.followers.filter((follower) => follower.face === 'behind');
  const gaps = behind.map(({ name, says }) => ` ${name} is ${says}.`).join('');
  const resent = cluster.resends === '' ? '' : ` ${cluster.resends}.`;
  const trouble = silence + gaps + resent;
  return `${cluster.client.name} sends requests to ${cluster.leader.name}, the leader; ${how}, ${cluster.followers.length} followers.${trouble}`;
}

/** Takes part in no quorum for now. */
export function isAbsent({ face }: ClusterNode): boolean {
  return face !== 'ok' && face !== 'behind' && face !== 'idle' && face !== 'changing';
}

export function arrowOf(cluster: Cluster, follower: ClusterNode): string {
  if (isAbsent(follower)) return 'url(#arrow-warn)';
  return cluster.cloned ? 'url(#arrow-accent)' : 'url(#arrow-flow)';
}

/** Stands on lines, which stop around it. */
export function EdgeRate({ x, y, children }: { x: number; y: number; children: string }) {
  return (
    <text
      fill="var(--text-2)"
      fontSize="11"
      paintOrder="stroke"
      stroke="var(--surface)"
      strokeWidth="6"
      textAnchor="middle"
      x={x}
      y={y}
    >
      {children}
    </text>
  );
}

/** What was sent again: a turning arrow and its rate, at the leader, which alone sends again. */
export function Resends({ x, y, children }: { x: number; y: number; children: string }) {
  if (children === '') return null;
  return (
    <g>
      <path
        d={`M${x + 9} ${y - 7}A4.5 4.5 0 1 0 ${x + 9.5} ${y - 2}M${x + 9.5} ${y - 10}v3.6h-3.6`}
        fill="none"
        stroke="var(--warn)"
        strokeWidth="1.5"
      />
      <Words colour="var(--warn)" x={x + 15} y={y}>
        {children}
      </Words>
    </g>
  );
}

export function Arrows() {
  return (
    <defs>
      <Arrow fill="var(--text-3)" id="arrow-quiet" />
      <Arrow fill="var(--text-2)" id="arrow-flow" />
      <Arrow fill="var(--accent)" id="arrow-accent" />
      <Arrow fill="var(--warn)" id="arrow-warn" />
    </defs>
  );
}

function Arrow({ id, fill }: { id: string; fill: string }) {
  return (
    <marker id={id} markerHeight="6" markerWidth="6" orient="auto" refX="5" refY="3" viewBox="0 0 6 6">
      <path d="M0 0 6 3 0 6z" fill={fill} />
    </marker>
  );
}

type WordsProps = {
  x: number;
  y: number;
  children: string;
  anchor?: 'start' | 'middle' | 'end';
  colour?: string;
  strong?: boolean;
};

export function Words({ x, y, children, anchor = 'start', colour = 'var(--text-3)', strong = false }: WordsProps) {
  return (
    <text fill={colour} fontSize="11" fontWeight={strong ? 600 : 400} textAnchor={anchor} x={x} y={y}>
      {children}
    </text>
  );
}

const DASHES: Partial<Record<ClusterNode['face'], string>> = { idle: '3 3', killed: '4 4', exited: '4 4', isolated: '10 5' };

/** A cross for what is not there, two bars for what stands still, a barred ring for what nobody reaches, a ring for a recovery. */
function FaceMark({ face, x, y }: { face: ClusterNode['face']; x: number; y: number }) {
  const shape = MARKS[face];
  if (shape === undefined) return null;
  const stroke = face === 'lost_memory' ? 'var(--bad)' : 'var(--warn)';
  return (
    <path d={shape} fill="none" stroke={stroke} strokeLinecap="round" strokeWidth="1.8" transform={`translate(${x} ${y})`} />
  );
}

const CROSS = 'M-4-4 4 4M4-4-4 4';
const MARKS: Partial<Record<ClusterNode['face'], string>> = {
  killed: CROSS,
  exited: CROSS,
  lost_memory: CROSS,
  paused: 'M-2.5-4V4M2.5-4V4',
  isolated: 'M-5 0A5 5 0 1 1 5 0A5 5 0 1 1-5 0M-3.5 3.5 3.5-3.5',
  recovering: 'M4.5 1A4.5 4.5 0 1 1 2.5-3.8M3.5-6V-3H.5',
  changing: 'M4.5 1A4.5 4.5 0 1 1 2.5-3.8M3.5-6V-3H.5',
};

type NodeProps = { node: ClusterNode; x: number; y: number; width: number; height: number; leader?: boolean };

/** y is the middle of the box. */
export function Node({ node, x, y, width, height, leader = false }: NodeProps) {
  const top = y - height / 2;
  const absent = isAbsent(node);
  const warns = absent || node.face === 'behind' || node.face === 'changing';
  return (
    <g>
      <rect
        fill={node.face === 'killed' || node.face === 'exited' ? 'var(--surface)' : 'var(--surface-2)'}
        height={height}
        rx="7"
        stroke={
          node.face === 'lost_memory' ? 'var(--bad)' : absent ? 'var(--warn)' : leader ? node.colour : 'var(--border-strong)'
        }
        strokeDasharray={DASHES[node.face]}
        strokeWidth={leader ? 1.5 : 1}
        width={width}
        x={x}
        y={top}
      />
      <rect fill={node.colour} height={height - 14} rx="1.5" width="3" x={x} y={top + 7} />
      <text fill="var(--text)" fontFamily="var(--face-mono)" fontSize="12" fontWeight="600" x={x + 12} y={y - 3}>
        {node.name}
      </text>
      <text fill={warns ? 'var(--warn)' : 'var(--text-2)'} fontSize="11" x={x + 12} y={y + 12}>
        {node.says}
      </text>
      <FaceMark face={node.face} x={x + width - 16} y={top + 15} />
    </g>
  );
}
