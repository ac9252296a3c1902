import type Dockerode from 'dockerode';
import type { RawLine } from '@/server/domain/ports';
import { type EngineCall, isConnectionFailure, statusOf, toLabError } from './engine-errors';
import { FrameReader, TerminalReader } from './frames';
import { LineJoiner } from './log-lines';
import { SeenLines } from './seen-lines';
import { waitAtMost } from './wait';
import { waitUntilStarted } from './wait-until-started';

/** An engine that is being restarted is back within seconds; one that isn't by then is lost. */
const ENGINE_PATIENCE_MS = 5_000;
const RETRY_MS = 100;
const STUCK_MS = 500;
const SETTLE_MS = 1_000;
const EVERYTHING = { follow: true, stdout: true, stderr: true, timestamps: true } as const;

/** How a stretch of the stream ended: by the engine, by a broken connection, or because the container is removed. */
type Ending = 'complete' | 'cut' | 'gone';

/**
 * Follows a container's output from its first line until the container is removed or the signal aborts, in batches of
 * what arrived together. Survives cut streams and stops and starts of the container without losing or doubling a line.
 * An empty batch says that the container stands still and that all it wrote was passed on. Throws LabError engine_lost when
 * the engine stays away.
 */
export async function* followLogs(
  client: Dockerode,
  containerId: string,
  address: string,
  signal: AbortSignal,
): AsyncGenerator<RawLine[]> {
  const call: EngineCall = { doing: 'follow logs', address, midRun: true };
  const seen = new SeenLines();
  let joiner = new LineJoiner();
  let failingSince: number | null = null;
  let since: string | null = null;
  while (!signal.aborted) {
    const stretch = new LogStretch(client, containerId, joiner, call, signal);
    for await (const lines of stretch.read(since)) {
      failingSince = null;
      const fresh = seen.admitAll(lines);
      if (fresh.length > 0) yield fresh;
    }
    if (signal.aborted || stretch.ending === 'gone') return;
    if (stretch.ending === 'complete') {
      failingSince = null;
      if (stretch.wasRunning) {
        await stretch.settle();
      } else {
        yield [];
        const state = await waitUntilStarted(client, { containerId, startedAt: stretch.startedAt }, call, signal);
        if (state === 'gone') return;
      }
    } else {
      failingSince ??= Date.now();
      if (Date.now() - failingSince > ENGINE_PATIENCE_MS) throw toLabError(stretch.cause, call);
      await waitAtMost(RETRY_MS, signal);
    }
    since = seen.resume(joiner.unfinished());
    joiner = new LineJoiner();
  }
}

/** One connection's worth of the log. */
class LogStretch {
  ending: Ending = 'cut';
  cause: unknown = null;
  /** When the container was last started before this stretch began. */
  startedAt = '';
  /**
   * Whether the container ran then. A log that ended while it did may lack its last lines: an engine that is about to
   * write them may end the stream before (seen with 20.10). So it is read once more, from a stopped container.
   */
  wasRunning = true;

  /** Since when the stream is waited for; null while lines are being passed on, however slowly they are taken. */
  private idleSince: number | null = null;

  constructor(
    private readonly client: Dockerode,
    private readonly containerId: string,
    private readonly joiner: LineJoiner,
    private readonly call: EngineCall,
    private readonly signal: AbortSignal,
  ) {}

  async *read(since: string | null): AsyncGenerator<RawLine[]> {
    const over = new AbortController();
    const either = AbortSignal.any([this.signal, over.signal]);
    try {
      const container = this.client.getContainer(this.containerId);
      const { Config, State } = await container.inspect({ abortSignal: either });
      this.startedAt = State.StartedAt;
      this.wasRunning = State.Running;
      const reader = Config.Tty ? new TerminalReader() : new FrameReader();
      const stream = await container.logs({ ...EVERYTHING, abortSignal: either, ...(since === null ? {} : { since }) });
      this.idleSince = Date.now();
      void this.endIfStuck(container, () => over.abort(), either);
      for await (const chunk of stream) {
        this.idleSince = null;
        const lines: RawLine[] = [];
        for (const frame of reader.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk))) this.joiner.push(frame, lines);
        if (lines.length > 0) yield lines;
        this.idleSince = Date.now();
      }
      this.ending = 'complete';
      const unfinished = this.wasRunning ? [] : this.joiner.flush();
      if (unfinished.length > 0) yield unfinished;
    } catch (cause) {
      this.classify(cause);
    } finally {
      over.abort();
    }
  }

  /** Waits a moment for the container to be written down as stopped, which comes after its log was closed. */
  async settle(): Promise<void> {
    const late = AbortSignal.any([this.signal, AbortSignal.timeout(SETTLE_MS)]);
    const container = this.client.getContainer(this.containerId);
    await container.wait({ condition: 'not-running', abortSignal: late }).catch(() => {
      // Still running, removed or not answering: the next stretch finds out which.
    });
  }

  private classify(cause: unknown): void {
    if (this.signal.aborted) return;
    this.cause = cause;
    const status = statusOf(cause);
    // 409: the container is being removed and its log is closed already.
    if (status === 404 || status === 409) this.ending = 'gone';
    else if (!isConnectionFailure(cause)) throw toLabError(cause, this.call);
  }

  /**
   * An engine that opens a log just while its container ends may never close the stream (seen with 20.10). So: once the
   * container has stopped and nothing came for a while, cut it; the next stretch reads what is left and ends.
   */
  private async endIfStuck(container: Dockerode.Container, cut: () => void, signal: AbortSignal): Promise<void> {
    await container.wait({ condition: 'not-running', abortSignal: signal }).catch(() => {
      // Removed, or this connection broke: either way nobody watches any more, and the next stretch has to look.
    });
    while (!signal.aborted && (this.idleSince === null || Date.now() - this.idleSince < STUCK_MS)) {
      await waitAtMost(STUCK_MS / 4, signal);
    }
    cut();
  }
}
