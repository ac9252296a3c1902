'use client';
import { QueryClient } from '@tanstack/react-query';
import {
  createTRPCClient,
  createWSClient,
  httpBatchStreamLink,
  retryLink,
  splitLink,
  type TRPCLink,
  wsLink,
} from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '@/server/api/types';
import { socketLost, socketOpened, socketWaits } from './connection-store';

const PATH = '/api/trpc';

/** A refusal that the server put into words will be the same the next time; everything else is worth another try. */
const WORTH_ANOTHER_TRY = new Set(['unexpected', 'engine_lost', 'shutting_down']);

/** Between tries: a floor, because the attempt counter starts again with each open; a ceiling, because people wait. */
function retryDelayMs(attempt: number): number {
  return Math.min(5_000, 400 * 2 ** Math.min(attempt, 4)) + Math.random() * 400;
}

function subscriptionLinks(): TRPCLink<AppRouter>[] {
  const { protocol, host } = window.location;
  const client = createWSClient({
    url: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${PATH}`,
    // A singleton that opens with the first subscription: made inside a component, one cold load opened dozens.
    lazy: { enabled: true, closeMs: 10_000 },
    keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 3_000 },
    retryDelayMs: (attempt) => {
      const delay = retryDelayMs(attempt);
      socketWaits(delay);
      return delay;
    },
    onOpen: socketOpened,
    onClose: socketLost,
    onError: socketLost,
  });
  return [
    // A generator that throws ends its subscription; this restarts it from the last event it delivered.
    retryLink<AppRouter>({
      retry: ({ op, error }) => {
        const code = error.data?.lab.code;
        return op.type === 'subscription' && (code === undefined || WORTH_ANOTHER_TRY.has(code));
      },
      retryDelayMs,
    }),
    wsLink<AppRouter>({ client }),
  ];
}

function links(): TRPCLink<AppRouter>[] {
  // Streamed: a slow answer in a batch (the engine is asked) does not hold back the others.
  const http = httpBatchStreamLink<AppRouter>({ url: PATH });
  // While pages are rendered on the server nothing is fetched and there is no WebSocket.
  if (typeof window === 'undefined') return [http];
  return [splitLink({ condition: (op) => op.type === 'subscription', true: subscriptionLinks(), false: http })];
}

/** The browser's cache. Live data comes by subscription, so nothing polls and nothing refetches on focus. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: 2, staleTime: 5_000, refetchOnWindowFocus: false }, mutations: { retry: false } },
});

/** Plain calls without a cache, for queries that page by hand. Components use `trpc`. */
export const api = createTRPCClient<AppRouter>({ links: links() });

/**
 * The one door to the server: `useQuery(trpc.runs.get.queryOptions({ id }))`,
 * `useMutation(trpc.runs.stop.mutationOptions())`, `useSubscription(trpc.runs.watch.subscriptionOptions({ id }, { onData }))`.
 * Subscriptions deliver `{ id, data }`; keep data in state of your own from onData, a reconnect may clear the hook's.
 */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client: api, queryClient });
