import type { LatencyInterval } from '../latency';
import type { RunView } from '../run';
import { clientGate, hostBusyGate, stealGate } from './busy-gates';
import { faultsGate, outagesGate } from './fault-gates';
import { leaderGate } from './leader-gate';
import { frequencyGate, memoryGate, sharedCoresGate } from './machine-gates';
import { inspectedGate, watchedGate } from './observer-gates';
import { deliveryGate, finishedGate, offloadGate, safetyGate, sameLogGate } from './proof-gates';
import { littlesLawGate, resendsGate, timeoutsGate } from './request-gates';
import { type RunValidity, verdictOf } from './validity';
import { warmupGate } from './warmup-gate';

/**
 * Every gate of GATE_IDS, in that order, for a run that is over: what could not be measured is there as unknown. intervals:
 * all of the run's, warm-up included. Not for runs that came out of an archive: where they were measured, they were judged.
 */
export function judgeRun(view: RunView, intervals: readonly LatencyInterval[]): RunValidity {
  const gates = [
    finishedGate(view),
    offloadGate(view),
    deliveryGate(view),
    sameLogGate(view),
    safetyGate(view),
    leaderGate(view),
    faultsGate(view),
    outagesGate(view),
    littlesLawGate(view),
    timeoutsGate(view),
    resendsGate(view),
    hostBusyGate(view),
    stealGate(view),
    frequencyGate(view),
    sharedCoresGate(view),
    clientGate(view),
    warmupGate(view, intervals),
    memoryGate(view),
    inspectedGate(view),
    watchedGate(view),
  ];
  return { verdict: verdictOf(gates), gates };
}
