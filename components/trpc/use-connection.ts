'use client';
import { useSyncExternalStore } from 'react';
import { useNow } from '@/components/ui/use-now';
import { readSocket, readSocketOnServer, subscribeSocket } from './connection-store';

export type Connection = {
  /** gone: lost for longer than a hiccup. */
  state: 'connecting' | 'live' | 'reconnecting' | 'gone';
  /** How long it has been so, in ms; 0 while connecting. */
  forMs: number;
  /** Milliseconds since the Unix epoch at which the connection was lost; null while live. */
  lostAt: number | null;
  nextTryInMs: number | null;
  feedLagMs: number | null;
};

const HICCUP_MS = 3_000;

/** How the page hangs on the server, for the header and for views that freeze while it is gone. */
export function useConnection(): Connection {
  const socket = useSyncExternalStore(subscribeSocket, readSocket, readSocketOnServer);
  const now = useNow(socket.state === 'lost' ? 1_000 : null);
  if (socket.state === 'connecting') return { state: 'connecting', forMs: 0, lostAt: null, nextTryInMs: null, feedLagMs: null };
  const forMs = Math.max(0, now - socket.since);
  if (socket.state === 'open') return { state: 'live', forMs, lostAt: null, nextTryInMs: null, feedLagMs: socket.feedLagMs };
  return {
    state: forMs > HICCUP_MS ? 'gone' : 'reconnecting',
    forMs,
    lostAt: socket.since,
    nextTryInMs: socket.nextTryAt === null ? null : Math.max(0, socket.nextTryAt - now),
    feedLagMs: null,
  };
}
