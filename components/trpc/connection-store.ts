/** What is known of the one WebSocket, outside React: the client module feeds it, `useConnection` reads it. */

export type SocketState = {
  /** connecting: never been open yet; open: live; lost: was open, or its first tries failed. */
  state: 'connecting' | 'open' | 'lost';
  /** Milliseconds since the Unix epoch at which this state began. */
  since: number;
  /** When the next try begins, while lost and waiting. */
  nextTryAt: number | null;
  /** The last server-wide feed's delay on its way here, in ms. */
  feedLagMs: number | null;
};

const FIRST: SocketState = { state: 'connecting', since: 0, nextTryAt: null, feedLagMs: null };

let current: SocketState = FIRST;
const listeners = new Set<() => void>();

function publish(change: Partial<SocketState>): void {
  current = { ...current, ...change };
  for (const listener of listeners) listener();
}

export function socketOpened(): void {
  if (current.state !== 'open') publish({ state: 'open', since: Date.now(), nextTryAt: null });
}

/** A try failed or the open socket closed. */
export function socketLost(): void {
  if (current.state !== 'lost') publish({ state: 'lost', since: Date.now(), feedLagMs: null });
}

export function socketWaits(delayMs: number): void {
  publish({ nextTryAt: Date.now() + delayMs });
}

export function feedArrived(sentAt: number): void {
  publish({ feedLagMs: Math.max(0, Date.now() - sentAt) });
}

export function subscribeSocket(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readSocket(): SocketState {
  return current;
}

/** While the page is rendered on the server there is no socket. */
export function readSocketOnServer(): SocketState {
  return FIRST;
}
