/** What people do with finished runs: find, mark, remove. The list itself is `runs.list`. */
import * as inputs from './inputs';
import { procedure, router } from './trpc';

export const historyRouter = router({
  facets: procedure.query(({ ctx }) => ctx.services.history.facets()),
  setMarks: procedure
    .input(inputs.marks)
    .mutation(({ ctx, input: { id, ...marks } }) => ctx.services.history.setMarks(id, marks)),
  remove: procedure.input(inputs.runIds).mutation(({ ctx, input }) => ctx.services.history.remove(input.ids)),
  size: procedure.query(({ ctx }) => ctx.services.history.size()),
  retentionPolicy: procedure.query(({ ctx }) => ctx.services.history.retentionPolicy()),
  /** Shows what a policy would remove, and remembers it; removes nothing. */
  planRetention: procedure
    .input(inputs.planRetention)
    .mutation(({ ctx, input }) => ctx.services.history.planRetention(input.policy)),
  applyRetention: procedure
    .input(inputs.applyRetention)
    .mutation(({ ctx, input }) => ctx.services.history.applyRetention(input.policy, input.ids)),
});
