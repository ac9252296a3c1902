/** What the browser knows of the server: types alone, those it uses. Nothing here exists at run time. */
export type { BpfAttachment, BpfProgram, BpfSample } from '../domain/bpf-program';
export type {
  BpfCode,
  BpfLife,
  BpfSeries,
  BpfWatchView,
  FrameRow,
  PeerRow,
  WatchedMap,
  WatchedProgram,
  WatchedReplica,
} from '../domain/bpf-watch';
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
export type {
  Affliction,
  FaultAction,
  FaultKind,
  FaultLink,
  FaultPlan,
  FaultRecord,
  FaultTarget,
  Linearizability,
  Outage,
  PlannedFault,
  ReplicaHealth,
  Safety,
  ViewEntry,
} from '../domain/fault';
export type { Readiness, ReadinessCheck } from '../domain/host';
export type { LatencyPoint } from '../domain/latency';
export type { LogMarkAt } from '../domain/log-chunk';
export type { LogFilter } from '../domain/log-filter';
export type { LogLevel, LogLine, LogMark } from '../domain/log-line';
export type { Observation, Observe } from '../domain/observation';
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
export type { TRACE_POINTS, TraceBatch, TracePointName, TracePoints } from '../domain/trace';
export type { GateState, RunGate, Verdict } from '../domain/validity/validity';
export type { Placement, Workload } from '../domain/workload';
export type { Overview } from '../experiments/lab-overview';
export type { ChunkCount, LogBatch, LogPage } from '../experiments/logs/log-batch';
export type { LatencyBatch } from '../experiments/watch-run';
export type { ExperimentPictures } from '../reports/experiment-pictures';
export type { LaunchPad, PlanPad } from './context';
export type { LabErrorData } from './error-map';
export type { AppRouter } from './router';
