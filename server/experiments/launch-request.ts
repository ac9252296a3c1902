import type { Place } from '../domain/experiment/place';
import type { FaultPlan } from '../domain/fault';
import type { Observe } from '../domain/observation';
import type { Workload } from '../domain/workload';

/** A wish to run something, as panel and CLI put it. */
export type LaunchRequest = {
  scenario: string;
  variant: string;
  workload: Workload;
  /** Absent: nothing. */
  observe?: Observe;
  /** What is done to the cluster while it measures; absent: nothing. */
  faults?: FaultPlan;
  /** Run although the host looks too small. */
  insist: boolean;
  /** The same id twice is the same run: a double click launches once. */
  requestId: string;
  /** Its place in an experiment, if it is part of one. */
  place?: Place;
};
