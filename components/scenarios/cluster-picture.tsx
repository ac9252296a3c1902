/** A leader and its followers: the number of lines is the number of copies a broadcast needs. */
export function ClusterPicture({ replicas, colour }: { replicas: number; colour: string }) {
  const followers = Math.max(1, replicas - 1);
  const ys = Array.from({ length: followers }, (_, index) => (followers === 1 ? 20 : 5 + (30 * index) / (followers - 1)));
  return (
    <svg aria-hidden="true" className="block" height="40" viewBox="0 0 50 40" width="50">
      {ys.map((y) => (
        <g key={y}>
          <path d={`M10 20C26 20 26 ${y} 42 ${y}`} fill="none" opacity=".75" stroke={colour} strokeWidth="1.1" />
          <circle cx="44" cy={y} fill={colour} r="2.1" />
        </g>
      ))}
      <circle cx="9" cy="20" fill={colour} r="3.8" />
    </svg>
  );
}
