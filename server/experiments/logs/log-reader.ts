import { createHash } from 'node:crypto';
import { chunkOf } from '@/server/domain/log-chunk';
import type { LogLine } from '@/server/domain/log-line';
import { pause } from '../../telemetry/wakeup';
import { EPOCH } from '../epoch';
import type { Listener } from '../run-source';
import type { Identified } from '../watch-run';
import type { Edition } from './edition';
import type { LogBatch } from './log-batch';
import { BATCH_MS, type LogView, TAIL_LINES } from './log-view';
import type { Position, Step } from './shared-step';

const LINES_A_BATCH = 1500;
/** Who has more to read than this is sent the newest alone, and told what was left out. */
const UNSENT_MAX = 4000;

/** What a reader has before it has anything; resumed: it comes back, and has counts from an earlier time. */
type Start = Position & { resumed: boolean };

/** One reader of a view. */
export class LogReader {
  readonly #view: LogView;
  readonly #idHead: string;
  #at: Start | null = null;

  constructor(view: LogView, filterKey: string) {
    this.#view = view;
    this.#idHead = `${EPOCH}:${createHash('sha256').update(filterKey).digest('hex').slice(0, 12)}:`;
  }

  /** Batches behind `after`; completes once the run is over and all was sent. */
  async *read(after: string | null, { signal, isCongested }: Listener): AsyncGenerator<Identified<LogBatch>, void, unknown> {
    let sentAt = Number.NEGATIVE_INFINITY;
    while (this.#view.edition === null && !signal.aborted) await this.#view.published.sleep(signal);
    this.#at = await this.#find(after);
    while (!signal.aborted) {
      const edition = this.#news();
      if (edition === null) {
        if (this.#view.final) return;
        await this.#view.published.sleep(signal);
        continue;
      }
      const waitMs = BATCH_MS - (performance.now() - sentAt);
      // Editions come in that time as well: who waits for a few milliseconds only would fall out of step with the others.
      if (waitMs > BATCH_MS / 5) await pause(waitMs, signal);
      const congested = await hasWaited(isCongested, signal);
      if (signal.aborted) return;
      sentAt = performance.now();
      yield this.#step(congested);
    }
  }

  /** The edition, if this reader lacks something of it. */
  #news(): Edition | null {
    const { edition } = this.#view;
    if (edition === null) return null;
    return this.#at === null || this.#at.edition < edition.number || this.#at.sent < edition.total ? edition : null;
  }

  async #find(after: string | null): Promise<Start | null> {
    const { edition } = this.#view;
    const sent = after?.startsWith(this.#idHead) ? Number(after.slice(this.#idHead.length)) : Number.NaN;
    if (edition === null || !Number.isSafeInteger(sent) || sent < 0 || sent > edition.total) return null;
    const behind = await this.#view.countBehind(sent);
    return { sent, matched: (this.#view.edition ?? edition).matched - behind, edition: 0, resumed: true };
  }

  #step(congested: boolean): Identified<LogBatch> {
    const { batch, next } = this.#view.steps.take(this.#keyOf(congested), () => this.#make(congested));
    this.#at = { ...next, resumed: false };
    return batch;
  }

  /** Readers that have the same and lack the same get one and the same batch. */
  #keyOf(congested: boolean): string {
    return JSON.stringify([this.#at, congested, this.#view.edition?.number]);
  }

  #make(congested: boolean): Step {
    const { edition } = this.#view;
    if (edition === null) throw new Error('a batch was made before the first edition');
    const { total, shown, dropped, late, searching } = edition;
    const { lines, skipped, next } = this.#at === null ? this.#tail(edition) : this.#behind(this.#at, edition, congested);
    const batch: LogBatch = {
      reset: this.#at === null,
      lines,
      skipped,
      chunks: this.#counts(),
      marks: this.#view.marks((this.#at?.sent ?? 0) + 1, next.sent),
      total,
      shown,
      dropped,
      late,
      lagMs: this.#at === null ? null : lagOf(lines),
      searching,
    };
    return { batch: { id: `${this.#idHead}${next.sent}`, value: batch }, next };
  }

  #counts() {
    if (this.#at === null) return this.#view.countsSince(0);
    const { resumed, sent, edition } = this.#at;
    return resumed ? this.#view.countsFrom(chunkOf(Math.max(1, sent))) : this.#view.countsSince(edition);
  }

  #tail({ total, matched, number }: Edition): Lines {
    const lines = this.#view.recent.between(total - TAIL_LINES, total);
    return { lines, skipped: null, next: { sent: total, matched, edition: number } };
  }

  #behind({ sent, matched }: Position, edition: Edition, congested: boolean): Lines {
    const kept = this.#view.recent.between(sent, edition.total);
    const unsent = edition.matched - matched;
    const all = { sent: edition.total, matched: edition.matched, edition: edition.number };
    const isTooFar = unsent > UNSENT_MAX || (congested && unsent > LINES_A_BATCH);
    if (isTooFar || this.#view.hasLost(sent, unsent)) {
      const lines = kept.slice(-LINES_A_BATCH);
      const toSeq = (lines[0]?.seq ?? edition.total + 1) - 1;
      const left = unsent - lines.length;
      return { lines, skipped: toSeq > sent ? { fromSeq: sent + 1, toSeq, lines: left } : null, next: all };
    }
    if (kept.length <= LINES_A_BATCH) return { lines: kept, skipped: null, next: all };
    const lines = kept.slice(0, LINES_A_BATCH);
    const next = { sent: lines.at(-1)?.seq ?? sent, matched: matched + lines.length, edition: edition.number };
    return { lines, skipped: null, next };
  }
}

type Lines = Pick<LogBatch, 'lines' | 'skipped'> & { next: Position };

/** Whether the connection was full; returns once it has room. */
async function hasWaited(isCongested: () => boolean, signal: AbortSignal): Promise<boolean> {
  let waited = false;
  while (isCongested() && !signal.aborted) {
    waited = true;
    await pause(BATCH_MS, signal);
  }
  return waited;
}

/** Late lines say nothing of how far the log is behind now. */
function lagOf(lines: LogLine[]): number | null {
  const newest = lines.findLast(({ late }) => late !== true);
  return newest === undefined ? null : Math.max(0, Date.now() - Number(newest.time) * 1000);
}
