/** A run's merged log: counts by chunk, lines as they come, and pages. */
import * as inputs from './inputs';
import { identified, listenerOf, procedure, router } from './trpc';

export const logsRouter = router({
  watch: procedure
    .input(inputs.watchLog)
    .subscription(({ ctx, input, signal }) =>
      identified(ctx.services.logs.watch(input.id, input.filter, input.lastEventId ?? null, listenerOf(ctx, signal))),
    ),

  chunk: procedure
    .input(inputs.logChunk)
    .query(({ ctx, input }) => ctx.services.logs.chunk(input.id, input.filter, input.chunk)),
});
