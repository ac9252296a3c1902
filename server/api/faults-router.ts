/** Faults done to a run while it measures, and plans of them as text. */
import * as inputs from './inputs';
import { procedure, router } from './trpc';

export const faultsRouter = router({
  /** Resolves once the fault holds; its record says in `problem` if it could not be done. */
  inject: procedure
    .input(inputs.injectFault)
    .mutation(({ ctx, input: { runId, action, forSeconds } }) => ctx.services.faults.inject(runId, { action, forSeconds })),

  /** Resolves once it is undone. */
  end: procedure
    .input(inputs.endFault)
    .mutation(({ ctx, input: { runId, faultId } }) => ctx.services.faults.end(runId, faultId)),

  /** For the launch form, with each change of the text. */
  readPlan: procedure.input(inputs.readFaultPlan).query(({ ctx, input }) => ctx.services.faults.readPlan(input)),
});
