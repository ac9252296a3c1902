/** The one place that turns expected failures into tRPC errors and into words for the browser. */
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { ZodError } from 'zod';
import { LabError, type LabErrorCode } from '../domain/errors';

/** `error.data.lab` in the browser: what happened, what to do, and the evidence. */
export type LabErrorData = {
  /** A LabErrorCode, `bad_input` for a request that no zod schema accepts, or `unexpected`. */
  code: LabErrorCode | 'bad_input' | 'unexpected';
  message: string;
  remedy: string | null;
  service: string | null;
  lastLines: string[];
};

const TRPC_CODES = {
  unknown_scenario: 'NOT_FOUND',
  unknown_variant: 'NOT_FOUND',
  unknown_run: 'NOT_FOUND',
  bad_compose_file: 'UNPROCESSABLE_CONTENT',
  bad_workload: 'BAD_REQUEST',
  host_too_small: 'PRECONDITION_FAILED',
  image_missing: 'PRECONDITION_FAILED',
  engine_absent: 'SERVICE_UNAVAILABLE',
  engine_denied: 'SERVICE_UNAVAILABLE',
  engine_lost: 'SERVICE_UNAVAILABLE',
  compose_missing: 'SERVICE_UNAVAILABLE',
  compose_failed: 'INTERNAL_SERVER_ERROR',
  container_died: 'INTERNAL_SERVER_ERROR',
  no_progress: 'INTERNAL_SERVER_ERROR',
  leader_not_elected: 'INTERNAL_SERVER_ERROR',
  memory_lost: 'INTERNAL_SERVER_ERROR',
  run_over: 'CONFLICT',
  run_not_over: 'CONFLICT',
  run_in_experiment: 'CONFLICT',
  unknown_experiment: 'NOT_FOUND',
  experiment_running: 'CONFLICT',
  experiment_over: 'CONFLICT',
  bad_plan: 'BAD_REQUEST',
  bad_marks: 'BAD_REQUEST',
  bad_archive: 'UNPROCESSABLE_CONTENT',
  bad_filter: 'BAD_REQUEST',
  store_failed: 'INTERNAL_SERVER_ERROR',
  inspector_failed: 'INTERNAL_SERVER_ERROR',
  bad_fault: 'BAD_REQUEST',
  unknown_fault: 'NOT_FOUND',
  not_measuring: 'CONFLICT',
  fault_failed: 'INTERNAL_SERVER_ERROR',
  port_taken: 'CONFLICT',
  shutting_down: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<LabErrorCode, TRPCError['code']>;

/** LabErrors get their tRPC code; all else is passed on as it is. */
export function toTrpcError(cause: unknown): unknown {
  if (!(cause instanceof LabError)) return cause;
  return new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
}

/** The same codes for answers that are not tRPC's. */
export function httpStatusOf(error: unknown): number {
  if (error instanceof ZodError) return 400;
  const mapped = toTrpcError(error);
  return mapped instanceof TRPCError ? getHTTPStatusCodeFromError(mapped) : 500;
}

/** The words for an error of any origin. Unexpected ones keep their message: the panel is its user's own machine. */
export function toLabErrorData(error: unknown): LabErrorData {
  const cause = error instanceof TRPCError && error.cause !== undefined ? error.cause : error;
  if (cause instanceof LabError) {
    return {
      code: cause.code,
      message: cause.message,
      remedy: cause.remedy,
      service: cause.service,
      lastLines: cause.lastLines,
    };
  }
  if (cause instanceof ZodError) {
    const message = cause.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');
    return { code: 'bad_input', message, remedy: null, service: null, lastLines: [] };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { code: 'unexpected', message, remedy: null, service: null, lastLines: [] };
}
