import { followLives, toPoints } from '@/server/domain/bpf-lives';
import { toWatchView, type ViewContext } from '@/server/domain/bpf-view';
import type { BpfLife, BpfLook, BpfWatchView } from '@/server/domain/bpf-watch';
import type { BpfPoint, RunStore } from '@/server/domain/ports';
import type { RunId } from '@/server/domain/run';

type Seen = { look: BpfLook; view: BpfWatchView };
export type LookFacts = Omit<ViewContext, 'before'>;

/** One write in so many looks; a look is half a second. */
const LOOKS_PER_WRITE = 5;

/** What a run's watcher saw: each look as a view, counters and lives to the store in batches. */
export class LookRecord {
  readonly #id: RunId;
  readonly #store: RunStore;
  #before: Seen | null = null;
  /** What the last look is compared with. */
  #earlier: Seen | null = null;
  #lives: BpfLife[] = [];
  #points: BpfPoint[] = [];
  #unwritten = 0;

  constructor(id: RunId, store: RunStore) {
    this.#id = id;
    this.#store = store;
  }

  take(look: BpfLook, facts: LookFacts): BpfWatchView {
    this.#earlier = this.#before;
    const view = this.#show(look, facts);
    this.#points.push(...toPoints(view.replicas, look.at));
    const listed = new Set(look.programs.map(({ id }) => id));
    this.#lives = followLives(this.#lives, view.replicas, { at: look.at, listed });
    this.#unwritten += 1;
    if (this.#unwritten >= LOOKS_PER_WRITE) this.write();
    return view;
  }

  /** The last look once more, beside other facts. */
  correct(look: BpfLook, facts: LookFacts): BpfWatchView {
    return this.#show(look, facts);
  }

  #show(look: BpfLook, facts: LookFacts): BpfWatchView {
    const view = toWatchView(look, { ...facts, before: this.#earlier });
    this.#before = { look, view };
    return view;
  }

  /** The watcher begins anew: the time without it has no rates. */
  interrupt(): void {
    if (this.#before !== null) this.#before = { ...this.#before, look: { ...this.#before.look, statistics: false } };
  }

  write(): void {
    if (this.#unwritten === 0) return;
    this.#unwritten = 0;
    const points = this.#points;
    this.#points = [];
    this.#store.appendBpfSeries(this.#id, points);
    this.#store.saveBpfLives(this.#id, this.#lives);
  }
}
