/** Expected failures. One place (api/error-map.ts) turns codes into tRPC errors; the CLI prints message and remedy. */
export type LabErrorCode =
  | 'unknown_scenario'
  | 'unknown_variant'
  | 'unknown_run'
  | 'bad_compose_file'
  | 'bad_workload'
  | 'host_too_small'
  | 'image_missing'
  | 'engine_absent'
  | 'engine_denied'
  | 'engine_lost'
  | 'compose_missing'
  | 'compose_failed'
  | 'container_died'
  | 'no_progress'
  | 'leader_not_elected'
  | 'memory_lost'
  | 'run_over'
  | 'run_not_over'
  | 'run_in_experiment'
  | 'unknown_experiment'
  | 'experiment_running'
  | 'experiment_over'
  | 'bad_plan'
  | 'bad_marks'
  | 'bad_archive'
  | 'bad_filter'
  | 'store_failed'
  | 'inspector_failed'
  | 'bad_fault'
  | 'unknown_fault'
  | 'not_measuring'
  | 'fault_failed'
  | 'port_taken'
  | 'shutting_down';

export class LabError extends Error {
  readonly code: LabErrorCode;
  /** What a user can do about it. */
  readonly remedy: string | null;
  /** The compose service concerned, if one, and its last lines. */
  readonly service: string | null;
  readonly lastLines: string[];

  constructor(
    code: LabErrorCode,
    message: string,
    options: { remedy?: string; service?: string; lastLines?: string[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'LabError';
    this.code = code;
    this.remedy = options.remedy ?? null;
    this.service = options.service ?? null;
    this.lastLines = options.lastLines ?? [];
  }
}
