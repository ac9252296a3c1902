/** A replica as PEERS and config.txt name it: `host:port`. */
export type PeerList = string[];

/** PEERS of the container contract: `replica1:12345,replica2:12345`. */
export function parsePeers(text: string): PeerList {
  return text
    .split(',')
    .map((peer) => peer.trim())
    .filter((peer) => peer !== '');
}

/** The original's `config.txt`: `f N`, then a line `replica HOST:PORT` each; `#` begins a comment. */
export function parseConfigText(text: string): { faults: number | null; peers: PeerList } {
  let faults: number | null = null;
  const peers: PeerList = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/#.*/, '').trim();
    const f = /^f\s+(\d+)$/.exec(line)?.[1];
    if (f !== undefined) faults = Number(f);
    const replica = /^replica\s+(\S+)$/.exec(line)?.[1];
    if (replica !== undefined) peers.push(replica);
  }
  return { faults, peers };
}

/** What to say when the file for people and the environment, which counts, disagree; empty if they agree. */
export function compareConfig(config: { faults: number | null; peers: PeerList }, peers: PeerList): string[] {
  const notes: string[] = [];
  if (config.peers.join() !== peers.join()) {
    notes.push(`config.txt names ${config.peers.join(', ') || 'no replica'}, but PEERS is ${peers.join(', ')}; PEERS counts.`);
  }
  const faults = Math.floor((peers.length - 1) / 2);
  if (config.faults !== null && config.faults !== faults) {
    notes.push(`config.txt says f ${config.faults}, but ${peers.length} replicas tolerate ${faults}.`);
  }
  return notes;
}
