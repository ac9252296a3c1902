/** Sampled operations, as points of time by columns. */
import * as inputs from './inputs';
import { identified, listenerOf, procedure, router } from './trpc';

export const traceRouter = router({
  watch: procedure
    .input(inputs.watch)
    .subscription(({ ctx, input, signal }) =>
      identified(ctx.services.traces.watch(input.id, input.lastEventId ?? null, listenerOf(ctx, signal))),
    ),
});
