/** The one door between browser and lab: zod in, one use case, out. */
import { tracked } from '@trpc/server';
import { WORKLOAD_BOUNDS, WORKLOAD_DEFAULT } from '../domain/workload';
import { bpfRouter } from './bpf-router';
import type { LaunchPad } from './context';
import { experimentsRouter } from './experiments-router';
import { faultsRouter } from './faults-router';
import { historyRouter } from './history-router';
import * as inputs from './inputs';
import { logsRouter } from './logs-router';
import { traceRouter } from './trace-router';
import { identified, listenerOf, mapErrors, procedure, router } from './trpc';

export const appRouter = router({
  scenarios: router({
    /** Everything launchable, everything broken with its reason, and the bounds of the launch form. */
    catalogue: procedure.query(async ({ ctx }): Promise<LaunchPad> => {
      const catalogue = await ctx.services.catalogue();
      return { ...catalogue, workloadDefault: WORKLOAD_DEFAULT, workloadBounds: WORKLOAD_BOUNDS };
    }),
  }),

  host: router({
    readiness: procedure.query(({ ctx }) => ctx.services.readiness()),
  }),

  lab: router({
    /** What runs and what waits: on change (at most 1/s) and at least every 5 s. Each value stands for itself. */
    overview: procedure.input(inputs.overview).subscription(async function* ({ ctx, signal }) {
      for await (const value of mapErrors(ctx.services.overview(listenerOf(ctx, signal)))) {
        yield tracked(String(value.at), value);
      }
    }),
  }),

  runs: router({
    launch: procedure.input(inputs.launch).mutation(async ({ ctx, input }) => ({ id: await ctx.services.launch(input) })),
    stop: procedure.input(inputs.byId).mutation(async ({ ctx, input }) => ({ removed: await ctx.services.stop(input.id) })),
    list: procedure.input(inputs.list).query(({ ctx, input }) => ctx.services.list(input)),
    get: procedure.input(inputs.byId).query(({ ctx, input }) => ctx.services.view(input.id)),

    /** The whole view on each change, at most 4/s; ends after the run's last view. Who reconnects gets the present one. */
    watch: procedure
      .input(inputs.watch)
      .subscription(({ ctx, input, signal }) => identified(ctx.services.watchView(input.id, listenerOf(ctx, signal)))),

    /** Points to be upserted by startMs, at most 600 in all; `reset` replaces everything, as it does after a reconnect. */
    latency: procedure
      .input(inputs.watch)
      .subscription(({ ctx, input, signal }) => identified(ctx.services.watchLatency(input.id, listenerOf(ctx, signal)))),
  }),

  logs: logsRouter,
  bpf: bpfRouter,
  trace: traceRouter,
  faults: faultsRouter,

  compare: router({
    pair: procedure.input(inputs.pair).query(({ ctx, input }) => ctx.services.compare(input.a, input.b)),
    many: procedure.input(inputs.runIds).query(({ ctx, input }) => ctx.services.compareMany(input.ids)),
  }),

  experiments: experimentsRouter,
  history: historyRouter,
});

export type AppRouter = typeof appRouter;
