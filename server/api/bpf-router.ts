/** eBPF of a run's replicas: samples by their own bpftool, and the watcher's looks. */
import * as inputs from './inputs';
import { identified, listenerOf, procedure, router } from './trpc';

export const bpfRouter = router({
  samples: procedure.input(inputs.byId).query(({ ctx, input }) => ctx.services.bpf.samples(input.id)),
  /** A mutation: it executes bpftool in the container, which costs the replica some 21 ms of CPU. */
  sample: procedure.input(inputs.sample).mutation(({ ctx, input }) => ctx.services.bpf.sampleNow(input.id, input.replica)),

  /** The whole view with each look, twice a second. */
  watch: procedure
    .input(inputs.watch)
    .subscription(({ ctx, input, signal }) => identified(ctx.services.bpf.watch(input.id, listenerOf(ctx, signal)))),

  statistics: procedure
    .input(inputs.bpfStatistics)
    .mutation(({ ctx, input }) => ctx.services.bpf.setStatistics(input.id, { on: input.on, insist: input.insist })),

  series: procedure.input(inputs.byId).query(({ ctx, input }) => ctx.services.bpf.series(input.id)),
  codes: procedure.input(inputs.byId).query(({ ctx, input }) => ctx.services.bpf.codes(input.id)),
  /** A mutation: it executes bpftool in the watcher, or in the replica if there is no watcher. */
  readCodes: procedure.input(inputs.sample).mutation(({ ctx, input }) => ctx.services.bpf.readCodes(input.id, input.replica)),
});
