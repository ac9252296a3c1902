import { EPOCH } from '../epoch';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import { RunTrace } from './run-trace';
import { TraceSwitch } from './trace-switch';

/** Of a live run the newest points are kept; all of them are in the store. */
const LIVE_POINTS = 200_000;

const traces = new WeakMap<LiveRun, RunTrace>();
const switches = new WeakMap<LiveRun, TraceSwitch>();

/** A run's points are collected once, whether its containers or a reader come first. */
export function traceOf(run: LiveRun): RunTrace {
  const known = traces.get(run);
  if (known !== undefined) return known;
  const trace = new RunTrace(run.config, { capacity: LIVE_POINTS, epoch: EPOCH });
  traces.set(run, trace);
  void run.over().then(() => trace.end());
  return trace;
}

export function traceSwitchOf(run: LiveRun, ports: LabPorts): TraceSwitch {
  const known = switches.get(run);
  if (known !== undefined) return known;
  const made = new TraceSwitch(run, ports);
  switches.set(run, made);
  return made;
}
