import { initTRPC, tracked } from '@trpc/server';
import type { Listener } from '../experiments/run-source';
import type { Identified } from '../experiments/watch-run';
import type { LabContext } from './context';
import { toLabErrorData, toTrpcError } from './error-map';

const t = initTRPC.context<LabContext>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // Stacks name files of this machine; the words a user can act on stand in `lab`.
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, lab: toLabErrorData(error) },
  }),
  sse: { ping: { enabled: true, intervalMs: 5000 } },
});

/** Maps LabErrors of a call that returns; generators are mapped by `mapErrors`, since they throw later. */
const withWords = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) {
    const mapped = toTrpcError(result.error.cause);
    if (mapped !== result.error.cause && mapped instanceof Error) throw mapped;
  }
  return result;
});

export const router = t.router;
export const procedure = t.procedure.use(withWords);

/** Passes a subscription on and maps what it throws. */
export async function* mapErrors<T>(source: AsyncIterable<T>): AsyncGenerator<T, void, unknown> {
  try {
    for await (const value of source) yield value;
  } catch (error) {
    throw toTrpcError(error);
  }
}

/** `ws` tells how much waits, but never waits itself: a reader that stalls would make the server's memory grow. */
const FULL_BYTES = 1024 * 1024;

export function listenerOf(ctx: LabContext, signal: AbortSignal | undefined): Listener {
  // One context per connection: a browser that holds several subscriptions is one viewer.
  return { signal: signal ?? new AbortController().signal, isCongested: () => ctx.bufferedBytes() > FULL_BYTES, viewer: ctx };
}

/** A subscription whose values carry the ids by which a reader that comes back says what it saw last. */
export async function* identified<T>(source: AsyncIterable<Identified<T>>) {
  for await (const { id, value } of mapErrors(source)) yield tracked(id, value);
}
