import type { LogLine } from '@/server/domain/log-line';
import type { RunStore } from '@/server/domain/ports';
import { isOver, type RunView } from '@/server/domain/run';
import { pause } from '../../telemetry/wakeup';
import type { LiveRun } from '../live-run';

/** How often the log of another process's run is looked up. */
const LOOK_EVERY_MS = 1000;
/** Of such a run no more than this is read at one look; a reader is told what was left out. */
const LINES_A_LOOK = 20_000;

/** What is known of a log besides its lines. */
export type LogStanding = {
  /** Lines so far, as far as that is known without looking. */
  total: number;
  dropped: number;
  late: number;
  /** No further lines will come. */
  over: boolean;
};

/** Where the lines of a run come from. */
export interface LogSource {
  standing(): LogStanding;
  /** Resolves once the standing may be another than `seen`, or on abort. */
  moved(seen: LogStanding, signal: AbortSignal): Promise<void>;
  /** Lines fromSeq to toSeq; if that is too many or too long ago, the first of them are missing. */
  lines(fromSeq: number, toSeq: number): Promise<LogLine[]>;
}

/** A run of this process: its newest lines are in memory. */
export class LiveLog implements LogSource {
  readonly #run: LiveRun;

  constructor(run: LiveRun) {
    this.#run = run;
  }

  standing(): LogStanding {
    const { total, dropped, late, ended } = this.#run.journal;
    return { total, dropped, late, over: ended };
  }

  async moved(seen: LogStanding, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && isSame(this.standing(), seen)) await this.#run.journal.changed.sleep(signal);
  }

  async lines(fromSeq: number, toSeq: number): Promise<LogLine[]> {
    return this.#run.journal.recent.read(fromSeq, toSeq);
  }
}

/** A run as the store has it: one that is over, or one of another process, which is looked up once a second. */
export class StoredLog implements LogSource {
  readonly #store: RunStore;
  #view: RunView;

  constructor(view: RunView, store: RunStore) {
    this.#view = view;
    this.#store = store;
  }

  standing(): LogStanding {
    const { logLines: total, logDropped: dropped, logLate: late, state } = this.#view;
    return { total, dropped, late, over: isOver(state) };
  }

  async moved(_seen: LogStanding, signal: AbortSignal): Promise<void> {
    await pause(LOOK_EVERY_MS, signal);
    if (!signal.aborted) this.#view = this.#store.view(this.#view.config.id) ?? this.#view;
  }

  lines(fromSeq: number, toSeq: number): Promise<LogLine[]> {
    const from = Math.max(fromSeq, toSeq - LINES_A_LOOK + 1);
    return this.#store.readLog(this.#view.config.id, from, toSeq - from + 1);
  }
}

function isSame(a: LogStanding, b: LogStanding): boolean {
  return a.total === b.total && a.dropped === b.dropped && a.late === b.late && a.over === b.over;
}
