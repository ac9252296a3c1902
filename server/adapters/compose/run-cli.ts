import { execa } from 'execa';

const OUTPUT_MAX_BYTES = 256 * 1024;
/** Compose answers SIGTERM at once; what is left of the group after this long is ended. */
const ABORT_PATIENCE_MS = 1_500;

export type CliResult = {
  /** null: ended by a signal, or never started. */
  exitCode: number | null;
  stdout: string;
  /** The last 256 KiB. */
  stderr: string;
  /** `ENOENT` when the binary isn't there. */
  startError: string | null;
};

export type CliCall = {
  argv: string[];
  /** The whole environment: nothing else is inherited. */
  environment: Readonly<Record<string, string>>;
  /** A folder without compose files above it that matter. */
  cwd?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
};

/**
 * Runs a command line without a shell and never rejects for how it ended. Aborting ends the whole process group:
 * `docker compose` is a plugin in a process of its own, which outlives a killed `docker`.
 */
export async function runCli({ argv, environment, cwd, timeoutMs, signal }: CliCall): Promise<CliResult> {
  signal?.throwIfAborted();
  const [file = '', ...args] = argv;
  const child = execa(file, args, {
    env: { ...environment },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    detached: true,
    cleanup: true,
    maxBuffer: { stdout: 16 * OUTPUT_MAX_BYTES, stderr: 16 * OUTPUT_MAX_BYTES },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const stopping = new AbortController();
  const deadline = timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)];
  const stop = AbortSignal.any([...(signal === undefined ? [] : [signal]), ...deadline]);
  const onStop = () => void endGroup(child.pid, stopping.signal);
  stop.addEventListener('abort', onStop, { once: true });
  try {
    const { exitCode, stdout, stderr, code } = await child;
    return { exitCode: exitCode ?? null, stdout, stderr: stderr.slice(-OUTPUT_MAX_BYTES), startError: code ?? null };
  } finally {
    stop.removeEventListener('abort', onStop);
    stopping.abort();
  }
}

async function endGroup(pid: number | undefined, ended: AbortSignal): Promise<void> {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), ABORT_PATIENCE_MS);
  ended.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // ESRCH: the group is gone already, which is what was wanted.
  }
}
