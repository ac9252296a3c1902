import { TRPCClientError } from '@trpc/client';
import type { Failure } from '@/components/ui/failed-state';
import type { AppRouter, LabErrorData } from '@/server/api/types';

function isLabClientError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError;
}

/** The server's own words for an error, or null if none arrived (the server is gone, or it is our own mistake). */
export function labErrorOf(error: unknown): LabErrorData | null {
  return isLabClientError(error) ? (error.data?.lab ?? null) : null;
}

/** Any error as a person reads it, for `FailedState`. */
export function describeFailure(error: unknown): Failure {
  const lab = labErrorOf(error);
  if (lab !== null) {
    const lines = lab.lastLines.length === 0 ? [] : [`last lines of ${lab.service ?? 'the service'}:`, ...lab.lastLines];
    return { message: lab.message, remedy: lab.remedy, details: [`${lab.code}: ${lab.message}`, ...lines].join('\n') };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TRPCClientError) {
    return {
      message: 'The server did not answer.',
      remedy: 'The page tries again by itself. If the server stays away, start it again with npm start.',
      details: message,
    };
  }
  return { message, remedy: null, details: error instanceof Error ? (error.stack ?? message) : message };
}
