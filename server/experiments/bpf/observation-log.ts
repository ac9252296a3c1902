import type { Observation } from '@/server/domain/observation';
import { noteSpans, type ObservedSpan } from '@/server/domain/observed-spans';
import type { LiveRun } from '../live-run';

/** When the watcher and the kernel's statistics were at work; what of it lies inside the measured window stands in the view. */
export class ObservationLog {
  readonly #run: LiveRun;
  readonly #kinds: readonly Observation['kind'][];
  #spans: ObservedSpan[] = [];

  constructor(run: LiveRun, kinds: readonly Observation['kind'][]) {
    this.#run = run;
    this.#kinds = kinds;
  }

  begin(kind: Observation['kind']): void {
    if (this.#spans.some((span) => span.kind === kind && span.to === null)) return;
    this.#spans.push({ kind, from: Date.now(), to: null });
    this.note();
  }

  end(kind: Observation['kind']): void {
    this.#spans = this.#spans.map((span) => (span.kind === kind && span.to === null ? { ...span, to: Date.now() } : span));
    this.note();
  }

  /** Also when the window begins or ends. */
  note(): void {
    if (this.#spans.length > 0) this.#run.change((view) => noteSpans(view, this.#kinds, this.#spans));
  }
}
