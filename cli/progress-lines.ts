import { isOver, type RunView } from '@/server/domain/run';
import { FaultLines } from './fault-lines';
import { formatCount, formatNs } from './format';

/** Figures while measuring are told this often. */
const FIGURES_EVERY_MS = 1000;

/**
 * Tells a run's progress on stderr: one line for each phase that begins, one a second while measuring, one for
 * whatever is done to the cluster and comes of it.
 */
export class ProgressLines {
  #phases = 0;
  #figuresAt = 0;
  #queued = '';
  readonly #faults = new FaultLines();

  show(view: RunView): void {
    this.#showQueue(view);
    for (const entry of view.phases.slice(this.#phases)) {
      const at = ((entry.startedAt - view.config.createdAt) / 1000).toFixed(1);
      say(`${at.padStart(6)} s  ${view.config.id}  ${entry.phase}`);
    }
    this.#phases = view.phases.length;
    for (const line of this.#faults.next(view)) say(line);
    if (view.state === 'measuring' && Date.now() - this.#figuresAt >= FIGURES_EVERY_MS) {
      this.#figuresAt = Date.now();
      const figures = sayFigures(view);
      if (figures !== null) say(`          ${figures}`);
    }
    if (isOver(view.state)) this.#showEnd(view);
  }

  #showQueue(view: RunView): void {
    const detail = view.phases[0]?.detail ?? '';
    if (view.state === 'queued' && detail !== this.#queued) say(`          ${detail}`);
    this.#queued = detail;
  }

  #showEnd(view: RunView): void {
    const at = (((view.endedAt ?? Date.now()) - view.config.createdAt) / 1000).toFixed(1);
    say(`${at.padStart(6)} s  ${view.config.id}  ${view.state}${view.removed === null ? '' : `, removed ${view.removed}`}`);
    if (view.error === null) return;
    say(`lab: ${view.error.message}`);
    for (const line of view.error.lastLines) say(`  | ${line}`);
    if (view.error.remedy !== null) say(`  ${view.error.remedy}`);
  }
}

/** `7,340 of 20,000 requests, p50 88.2 us, p99 257.3 us, 10,237/s, 2 s left` */
function sayFigures({ config, completed, latency, throughputPerS, progress }: RunView): string | null {
  if (latency === null) return null;
  const { amount } = config.workload;
  const words = [
    `${formatCount(completed)}${amount.kind === 'requests' ? ` of ${formatCount(amount.requests)}` : ''} requests`,
    `p50 ${formatNs(latency.p50Ns)}`,
    `p99 ${formatNs(latency.p99Ns)}`,
    `${formatCount(throughputPerS ?? 0)}/s`,
  ];
  const etaMs = progress?.etaMs ?? null;
  if (etaMs !== null) words.push(`${Math.ceil(etaMs / 1000)} s left`);
  return words.join(', ');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
