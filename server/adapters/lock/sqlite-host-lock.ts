import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostLock } from '@/server/domain/ports';
import type { RunConfig, RunId, RunLabel } from '@/server/domain/run';
import { RUN_LABEL } from '@/server/domain/run-label';
import { tryLock } from './exclusive-file';
import { WaitingLine } from './waiting-line';

const POLL_MS = 150;
/** Asking the engine costs more than looking at a file. */
const ENGINE_POLL_MS = 1_000;

export type SqliteHostLockOptions = {
  /** Panel and CLI share it; absolute. */
  dataDir: string;
  /** Labels of runs with live containers on the engine, whoever launched them: a panel in a container doesn't share the file. */
  activeRuns: () => Promise<RunLabel[]>;
  /** Removes the containers of a run of this data directory whose process died while it held this lock. */
  removeLeftovers: (run: RunId) => Promise<unknown>;
};

type Waiter = { run: RunConfig; signal: AbortSignal; say: (detail: string) => void };

/** One measuring run per host, over all processes that share the data directory and, by the engine, beyond. */
export class SqliteHostLock implements HostLock {
  private readonly line: WaitingLine;
  private readonly lockFile: string;

  constructor(private readonly options: SqliteHostLockOptions) {
    mkdirSync(options.dataDir, { recursive: true });
    this.lockFile = join(options.dataDir, 'lock.db');
    this.line = new WaitingLine(join(options.dataDir, 'lock-line.db'));
  }

  async acquire(run: RunConfig, signal: AbortSignal, onWaiting: (detail: string) => void = () => {}): Promise<() => void> {
    signal.throwIfAborted();
    const waiter = { run, signal, say: sayOnChange(onWaiting) };
    const ticket = this.line.join(run);
    let release: (() => void) | null = null;
    try {
      release = await this.waitForFile(ticket, waiter);
      await this.waitForEngine(waiter);
      this.line.beginMeasuring(run);
    } catch (cause) {
      release?.();
      throw cause;
    } finally {
      this.line.leave(ticket);
    }
    return this.releaseOnce(run.id, release);
  }

  /** Waiters that still wait are rejected by their own signals, not here. */
  close(): void {
    this.line.close();
  }

  private async waitForFile(ticket: number, { signal, say }: Waiter): Promise<() => void> {
    for (;;) {
      const before = this.line.before(ticket);
      const release = before.length === 0 ? tryLock(this.lockFile) : null;
      if (release !== null) return release;
      say(this.describeWait(before.map(({ run, origin }) => `${run} (${origin})`)));
      await sleep(POLL_MS, undefined, { signal });
    }
  }

  /** Holding the file, so whoever else shares it keeps its place behind. */
  private async waitForEngine({ run, signal, say }: Waiter): Promise<void> {
    for (;;) {
      await this.removeDeadRuns(run.id);
      const others = await this.options.activeRuns();
      signal.throwIfAborted();
      if (others.length === 0) return;
      const command = `docker ps --filter label=${RUN_LABEL}=${others[0]}`;
      say(`waits for ${others.join(', ')} of another panel or CLI on this engine (${command})`);
      await sleep(ENGINE_POLL_MS, undefined, { signal });
    }
  }

  /** With the file in our hands, a run that is still written down as measuring lost its process. */
  private async removeDeadRuns(own: RunId): Promise<void> {
    for (const { run } of this.line.measuring()) {
      if (run !== own) await this.options.removeLeftovers(run);
      this.line.endMeasuring(run);
    }
  }

  private describeWait(before: string[]): string {
    const [measuring] = this.line.measuring();
    const now = measuring === undefined ? 'another run' : `${measuring.run} (${measuring.origin}, pid ${measuring.pid})`;
    return before.length === 0 ? `waits for ${now}` : `waits for ${now}, then ${before.join(', ')}`;
  }

  private releaseOnce(run: RunId, release: () => void): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.line.endMeasuring(run);
      release();
    };
  }
}

function sayOnChange(onWaiting: (detail: string) => void): (detail: string) => void {
  let said = '';
  return (detail) => {
    if (detail === said) return;
    said = detail;
    onWaiting(detail);
  };
}
