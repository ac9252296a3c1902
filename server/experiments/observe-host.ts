import type { HostObservation } from '../domain/ports';
import type { ClusterWatch } from './cluster-watch';
import type { LabPorts } from './lab-ports';
import type { LiveRun } from './live-run';

/**
 * The host, and who watched, while the run measures. Readings are begun when the client's word arrives and waited for only
 * when the run closes its window, so that no event waits for them. A window that never closes leaves no conditions.
 */
export class HostObserver {
  readonly #run: LiveRun;
  readonly #watch: ClusterWatch;
  readonly #ports: LabPorts;
  #begun: Promise<HostObservation> | null = null;
  #concluded: Promise<void> = Promise.resolve();

  constructor(run: LiveRun, watch: ClusterWatch, ports: LabPorts) {
    this.#run = run;
    this.#watch = watch;
    this.#ports = ports;
  }

  /** The measured window begins. */
  begin(): void {
    this.#run.viewers.beginCounting();
    this.#begun = this.#ports.monitor.begin();
  }

  /** It is over. */
  end(): void {
    if (this.#begun !== null) this.#concluded = this.#conclude(this.#begun);
  }

  /** Resolves once what was read stands in the run's view. */
  get concluded(): Promise<void> {
    return this.#concluded;
  }

  async #conclude(begun: Promise<HostObservation>): Promise<void> {
    const viewers = this.#run.viewers.most;
    const observation = await begun;
    const conditions = await observation.end({
      containers: this.#watch.containerIds,
      clientService: this.#run.config.clientService,
      engineKernel: this.#run.view().host?.kernel ?? null,
    });
    this.#run.change((view) => ({ ...view, conditions: { ...conditions, viewers } }));
  }
}
