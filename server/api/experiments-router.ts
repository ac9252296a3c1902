/** Experiments: plans, what they found, and who may stop them. */
import { PLAN_BOUNDS } from '../domain/experiment/presets';
import type { PlanPad } from './context';
import * as inputs from './inputs';
import { identified, listenerOf, procedure, router } from './trpc';

export const experimentsRouter = router({
  /** Plans that are one click away, and the bounds of the plan form. */
  pad: procedure.query(
    async ({ ctx }): Promise<PlanPad> => ({ presets: await ctx.services.experiments.presets(), bounds: PLAN_BOUNDS }),
  ),
  create: procedure
    .input(inputs.createExperiment)
    .mutation(async ({ ctx, input }) => ({ id: await ctx.services.experiments.create(input.plan, input.requestId) })),
  list: procedure.input(inputs.experiments).query(({ ctx, input }) => ctx.services.experiments.list(input)),
  get: procedure.input(inputs.byExperiment).query(({ ctx, input }) => ctx.services.experiments.view(input.id)),

  /** The whole view on each change, at most once a second; completes when it is over. */
  watch: procedure
    .input(inputs.watchExperiment)
    .subscription(({ ctx, input, signal }) => identified(ctx.services.experiments.watch(input.id, listenerOf(ctx, signal)))),

  results: procedure.input(inputs.byExperiment).query(({ ctx, input }) => ctx.services.experiments.results(input.id)),
  /** The data of every picture, as pictures/data.ts describes them. */
  pictures: procedure.input(inputs.byExperiment).query(({ ctx, input }) => ctx.services.experiments.pictures(input.id)),

  pause: procedure.input(inputs.byExperiment).mutation(({ ctx, input }) => ctx.services.experiments.pause(input.id)),
  resume: procedure.input(inputs.byExperiment).mutation(({ ctx, input }) => ctx.services.experiments.resume(input.id)),
  cancel: procedure.input(inputs.byExperiment).mutation(({ ctx, input }) => ctx.services.experiments.cancel(input.id)),
  retryPair: procedure
    .input(inputs.retryPair)
    .mutation(({ ctx, input: { id, cell, pair } }) => ctx.services.experiments.retryPair(id, { cell, pair })),
  remove: procedure.input(inputs.byExperiment).mutation(({ ctx, input }) => ctx.services.experiments.remove(input.id)),
});
