import type { Cluster } from './cluster';
import { Arrows, arrowOf, describe, EdgeRate, isAbsent, Node, Resends, Words } from './topology-wide';

const WIDTH = 342;
const PER_ROW = 3;
const ROW = 58;

/** The same picture drawn again for a narrow card: followers below the leader, three to a row. */
export function PhoneTopology({ cluster }: { cluster: Cluster }) {
  const rows = Math.ceil(cluster.followers.length / PER_ROW);
  const height = 150 + rows * ROW;
  const flow = cluster.cloned ? 'var(--accent)' : 'var(--text-2)';
  return (
    <svg aria-label={describe(cluster)} className="h-auto w-full" role="img" viewBox={`0 0 ${WIDTH} ${height}`}>
      <Arrows />
      <g stroke="var(--text-3)" strokeWidth="1.2">
        <path d="M96 33H142" markerEnd="url(#arrow-quiet)" />
        <path d="M146 47H100" markerEnd="url(#arrow-quiet)" />
      </g>
      <Words anchor="middle" colour="var(--text-2)" x={122} y={26}>
        {cluster.requests}
      </Words>
      <Words anchor="middle" colour="var(--text-2)" x={122} y={61}>
        {cluster.replies}
      </Words>
      {cluster.cloned ? <path d="M200 68V92" stroke={flow} strokeWidth="4" /> : null}
      {cluster.followers.map((follower, index) => {
        const { x, y } = place(index, cluster.followers.length);
        const from = cluster.cloned ? 106 : 68;
        return (
          <path
            d={`M200 ${from}C200 ${from + 36} ${x + 50} ${from + 20} ${x + 50} ${y - 24}`}
            fill="none"
            key={follower.name}
            markerEnd={arrowOf(cluster, follower)}
            opacity={cluster.live ? 1 : 0.55}
            stroke={isAbsent(follower) ? 'var(--warn)' : flow}
            strokeDasharray={isAbsent(follower) ? '6 4' : undefined}
            strokeWidth="1.5"
          />
        );
      })}
      {cluster.cloned ? (
        <>
          <rect fill="var(--accent-soft)" height="14" rx="4" stroke="var(--accent)" width="36" x="182" y="92" />
          <Words colour="var(--accent)" strong x={226} y={103}>
            TC egress
          </Words>
        </>
      ) : null}
      <Node
        height={44}
        node={{ name: cluster.client.name, says: cluster.client.says, colour: 'var(--client)', face: 'ok' }}
        width={86}
        x={10}
        y={40}
      />
      <Node height={52} leader node={cluster.leader} width={104} x={148} y={40} />
      <Words x={258} y={28}>
        {cluster.sendsPerBroadcast.replace(' per broadcast', '')}
      </Words>
      <Words colour="var(--text-2)" x={258} y={44}>
        {cluster.sends}
      </Words>
      <Resends x={258} y={60}>
        {cluster.resends.replace(' resends', '')}
      </Resends>
      {cluster.resends === '' ? null : (
        <Words colour="var(--warn)" x={273} y={74}>
          resent
        </Words>
      )}
      {cluster.followers.map((follower, index) => {
        const { x, y } = place(index, cluster.followers.length);
        return (
          <g key={follower.name}>
            <Node height={42} node={follower} width={104} x={x} y={y} />
            <EdgeRate x={x + 80} y={y - 26}>
              {follower.copies}
            </EdgeRate>
          </g>
        );
      })}
    </svg>
  );
}

/** Left edge and middle of a follower's box. */
function place(index: number, count: number): { x: number; y: number } {
  const row = Math.floor(index / PER_ROW);
  const inRow = Math.min(PER_ROW, count - row * PER_ROW);
  const gap = 10;
  const left = (WIDTH - (inRow * 104 + (inRow - 1) * gap)) / 2;
  return { x: left + (index % PER_ROW) * (104 + gap), y: 172 + row * ROW };
}
