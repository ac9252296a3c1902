type Identity = { short: string; colour: string };

/** Short name and hue of a log or event source: a replica's service name, the client's, or `lab`. */
export function sourceIdentity(source: string): Identity {
  if (source === 'lab') return { short: 'lab', colour: 'var(--lab)' };
  const replica = /^replica\D*(\d+)$/.exec(source)?.[1];
  if (replica !== undefined) return { short: `r${replica}`, colour: replicaColour(Number(replica)) };
  if (source.startsWith('client')) return { short: 'cl', colour: 'var(--client)' };
  return { short: source.slice(0, 4), colour: 'var(--lab)' };
}

/** A replica's hue as a CSS value, by its id from 1. Nine hues; a larger cluster goes round, its tag still tells. */
export function replicaColour(id: number): string {
  return `var(--r${((Math.max(1, id) - 1) % 9) + 1})`;
}

/** `r4` in its hue: roster, logs and diagram show the same. */
export function ReplicaTag({ source }: { source: string }) {
  const { short, colour } = sourceIdentity(source);
  return (
    <span
      className="inline-block min-w-[26px] rounded-[3px] px-[5px] text-center font-medium font-mono text-11 leading-[17px]"
      style={{ color: colour, background: `color-mix(in srgb, ${colour} 11%, transparent)` }}
      title={source}
    >
      {short}
    </span>
  );
}
