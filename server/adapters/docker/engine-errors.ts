import { z } from 'zod';
import { LabError } from '@/server/domain/errors';

const thrownByModem = z.object({
  message: z.string().optional(),
  code: z.string().optional().catch(undefined),
  statusCode: z.number().optional(),
  json: z.object({ message: z.string() }).optional().catch(undefined),
});

export type EngineCall = {
  /** What was asked, for the message: `list containers`. */
  doing: string;
  /** Unix socket or URL of the engine. */
  address: string;
  /** True for calls that only a live run makes: an engine that answers no more was lost, not absent. */
  midRun: boolean;
};

/** HTTP status of an Engine error, or null if it isn't one. */
export function statusOf(cause: unknown): number | null {
  return thrownByModem.safeParse(cause).data?.statusCode ?? null;
}

/** The engine's own words: `json.message`, else the error's. */
export function wordsOf(cause: unknown): string {
  const parsed = thrownByModem.safeParse(cause).data;
  return parsed?.json?.message ?? parsed?.message ?? String(cause);
}

/** True when the connection failed or broke, so that trying again may help. */
export function isConnectionFailure(cause: unknown): boolean {
  const parsed = thrownByModem.safeParse(cause).data;
  return parsed?.statusCode === undefined && !(cause instanceof LabError);
}

/** Maps what dockerode throws to an expected failure with a remedy. */
export function toLabError(cause: unknown, call: EngineCall): LabError {
  if (cause instanceof LabError) return cause;
  const { code, statusCode } = thrownByModem.safeParse(cause).data ?? {};
  if (code === 'EACCES' || code === 'EPERM') return denied(cause, call.address);
  if (statusCode === undefined) return unreachable(cause, call, code ?? wordsOf(cause));
  // An engine that answers with an error isn't gone, but the run that depended on this call is.
  return new LabError('engine_lost', `the engine refused to ${call.doing}: ${wordsOf(cause)}`, {
    remedy: 'docker info',
    cause,
  });
}

function denied(cause: unknown, address: string): LabError {
  return new LabError('engine_denied', `permission denied at the Docker socket ${address}`, {
    remedy: 'sudo usermod -aG docker "$USER"   # then log in again',
    cause,
  });
}

function unreachable(cause: unknown, call: EngineCall, why: string): LabError {
  const remedy = 'sudo systemctl start docker   # or: sudo dockerd';
  if (call.midRun) {
    return new LabError('engine_lost', `the Docker Engine at ${call.address} stopped answering (${call.doing}: ${why})`, {
      remedy,
      cause,
    });
  }
  return new LabError('engine_absent', `no Docker Engine answers at ${call.address} (${why})`, { remedy, cause });
}
