/** What can be seen of the eBPF of a run's replicas, live or over. */
import type { BpfSample } from '@/server/domain/bpf-program';
import { emptyWatchView, viewOfSamples } from '@/server/domain/bpf-view';
import type { BpfCode, BpfLife, BpfSeries, BpfWatchView } from '@/server/domain/bpf-watch';
import { LabError } from '@/server/domain/errors';
import { isOver, type RunId, type RunView } from '@/server/domain/run';
import { EPOCH } from '../epoch';
import type { LabPorts } from '../lab-ports';
import type { RunRegistry } from '../run-registry';
import type { Listener } from '../run-source';
import { countViewer } from '../viewers';
import type { Identified } from '../watch-run';
import type { BpfWatching } from './bpf-watching';
import { readCodesOf } from './own-codes';
import { containerOf, sampleNow } from './sample-now';
import type { StatisticsWish } from './statistics-switch';
import { watchingOf } from './watching-of';

export class BpfDesk {
  readonly #ports: LabPorts;
  readonly #registry: RunRegistry;

  constructor(ports: LabPorts, registry: RunRegistry) {
    this.#ports = ports;
    this.#registry = registry;
  }

  samples(id: RunId): BpfSample[] {
    this.#view(id);
    return this.#ports.store.samples(id);
  }

  sampleNow(id: RunId, replica: string): Promise<BpfSample> {
    return sampleNow(id, replica, this.#registry, this.#ports);
  }

  /** Starts the run's watcher with the first reader and ends it some seconds after the last. Completes with the run. */
  watch(id: RunId, listener: Listener): AsyncIterable<Identified<BpfWatchView>> {
    const live = this.#registry.live(id);
    if (live === null) return this.#showStored(this.#view(id));
    return countViewer(live, listener, watchingOf(live, this.#ports).read(listener));
  }

  /** insist: also inside the measured window. Rejects with run_over. */
  async setStatistics(id: RunId, wish: StatisticsWish): Promise<void> {
    const watching = this.#watching(id);
    if (watching !== null) return watching.setStatistics(wish);
    const { state } = this.#view(id);
    if (isOver(state)) throw new LabError('run_over', `${id} is over; its programs are unloaded`);
    throw new LabError('inspector_failed', ELSEWHERE(id));
  }

  series(id: RunId): { series: BpfSeries[]; lives: BpfLife[] } {
    this.#view(id);
    this.#watching(id)?.flush();
    return { series: this.#ports.store.bpfSeries(id), lives: this.#ports.store.bpfLives(id) };
  }

  codes(id: RunId): BpfCode[] {
    this.#view(id);
    return this.#ports.store.bpfCodes(id);
  }

  /** Reads the code of a live replica's programs now and keeps it. */
  async readCodes(id: RunId, replica: string): Promise<BpfCode[]> {
    const { inspector, store } = this.#ports;
    const watching = this.#watching(id);
    const seen = watching?.programsOf(replica) ?? null;
    let codes: BpfCode[];
    if (watching !== null && seen !== null) {
      codes = await readCodesOf(replica, seen, async (programId) => (await watching.code(programId)) ?? GONE);
    } else {
      const { programs } = await this.sampleNow(id, replica);
      const container = await containerOf({ id, replica }, this.#registry, this.#ports);
      const own = programs.filter(({ owner }) => owner === 'replica');
      codes = await readCodesOf(replica, own, (programId) => inspector.code(container.id, programId));
    }
    for (const code of codes) store.saveBpfCode(id, code);
    return codes;
  }

  async *#showStored({ config, state }: RunView): AsyncGenerator<Identified<BpfWatchView>, void, unknown> {
    const problem = isOver(state) ? `${config.id} is over; its containers are gone` : ELSEWHERE(config.id);
    const samples = this.#ports.store.samples(config.id);
    yield { id: `${EPOCH}:stored`, value: viewOfSamples(samples, 0, problem) ?? emptyWatchView(0, problem) };
  }

  #watching(id: RunId): BpfWatching | null {
    const live = this.#registry.live(id);
    return live === null ? null : watchingOf(live, this.#ports);
  }

  #view(id: RunId): RunView {
    const view = this.#registry.live(id)?.view() ?? this.#ports.store.view(id);
    if (view === null) throw new LabError('unknown_run', `there is no run ${id}`);
    return view;
  }
}

const ELSEWHERE = (id: RunId) => `${id} runs in another process, and only that one can watch its eBPF`;
const GONE = { lines: [], problem: 'the eBPF watcher ended meanwhile' };
