/** What the browser knows of the server: types alone, those it uses. Nothing here exists at run time. */
export type { BpfAttachment, BpfProgram, BpfSample } from '../domain/bpf-program';
export type { CompareMost, RunsComparison } from '../domain/compare-many';
export type { Comparison, ComparisonGate, MetricRow } from '../domain/comparison';
export type { RunConditions } from '../domain/conditions';
export type {
  Cell,
  ExperimentMetric,
  ExperimentPlan,
  ExperimentState,
  ExperimentSummary,
  ExperimentView,
  NoiseFloor,
  PairStanding,
  PlannedRun,
} from '../domain/experiment/experiment';
export type { Place } from '../domain/experiment/place';
export type { Preset } from '../domain/experiment/presets';
export type { ExperimentResults, MetricResult } from '../domain/experiment/results';
export type { Readiness, ReadinessCheck } from '../domain/host';
export type { LatencyPoint } from '../domain/latency';
export type { LogLevel, LogLine } from '../domain/log-line';
export type { MechanismVerdict } from '../domain/proof';
export type {
  PhaseEntry,
  ReplicaState,
  RunConfig,
  RunEnd,
  RunError,
  RunId,
  RunPhase,
  RunSummary,
  RunView,
} from '../domain/run';
export type { HistoryRow, RetentionPlan, RetentionPolicy, RunFilter, RunMarks } from '../domain/run-marks';
export type { BrokenScenario, Scenario, Variant, VariantName } from '../domain/scenario';
export type { GateState, RunGate, Verdict } from '../domain/validity/validity';
export type { Placement, Workload } from '../domain/workload';
export type { Overview } from '../experiments/watch-lab';
export type { LatencyBatch, LogBatch } from '../experiments/watch-run';
export type { ExperimentPictures } from '../reports/experiment-pictures';
export type { LaunchPad, PlanPad } from './context';
export type { LabErrorData } from './error-map';
export type { AppRouter } from './router';
