import { LabError } from '@/server/domain/errors';
import type { EngineContainer } from '@/server/domain/ports';
import { isOver } from '@/server/domain/run';
import { Wakeup } from '@/server/telemetry/wakeup';
import { ObservationLog } from '../bpf/observation-log';
import type { LabPorts } from '../lab-ports';
import type { LiveRun } from '../live-run';
import { wordsOf } from '../tear-down';

/** A reader that comes back, by a reload or another tab, finds no gap. */
const GRACE_MS = 5000;
const PHASE_LOOK_MS = 50;
/** Real-time signals that the lab's own replica and client listen to; see ebpf/net/tracer.h. They end other programs. */
const SIGNAL_ON = 'SIGRTMIN';
const SIGNAL_OFF = 'SIGRTMIN+1';

/** Has a live run's containers trace from the first reader on until some seconds after the last; a run that asked traces always. */
export class TraceSwitch {
  readonly #run: LiveRun;
  readonly #ports: LabPorts;
  readonly #log: ObservationLog;
  readonly #wakeup = new Wakeup();
  readonly #over = new AbortController();
  #readers = 0;
  #lastReaderLeftAt = Number.NEGATIVE_INFINITY;
  #on = false;
  #kept = false;

  constructor(run: LiveRun, ports: LabPorts) {
    this.#run = run;
    this.#ports = ports;
    this.#log = new ObservationLog(run, ['trace']);
  }

  /** Why this run cannot be traced; null if it can. */
  get problem(): string | null {
    return problemOf(this.#run.config);
  }

  /** At the run's launch: one that asked for it is traced by its containers' environment, without a signal. */
  begin(): void {
    if (!this.#run.config.observe.trace || this.problem !== null) return;
    this.#on = true;
    this.#log.begin('trace');
    this.#keep();
  }

  /** One reader more; returns its end. */
  hold(): () => void {
    if (this.problem !== null) return () => {};
    this.#readers += 1;
    this.#keep();
    this.#wakeup.wake();
    return () => {
      this.#readers -= 1;
      this.#lastReaderLeftAt = Date.now();
      this.#wakeup.wake();
    };
  }

  #keep(): void {
    if (this.#kept) return;
    this.#kept = true;
    void this.#followPhases();
    void this.#fulfil();
  }

  async #followPhases(): Promise<void> {
    const { signal } = this.#over;
    let phases = 0;
    for await (const { value } of this.#run.state.subscribe({ signal, minIntervalMs: PHASE_LOOK_MS })) {
      if (value.phases.length === phases) continue;
      phases = value.phases.length;
      this.#log.note();
      this.#wakeup.wake();
    }
    this.#over.abort();
  }

  async #fulfil(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      const graceMs = this.#lastReaderLeftAt + GRACE_MS - Date.now();
      const wanted = this.#run.config.observe.trace || this.#readers > 0 || graceMs > 0;
      if (wanted && !this.#on && this.#hasClientAtWork()) await this.#switch(true);
      else if (!wanted && this.#on) await this.#switch(false);
      else await this.#wakeup.sleep(signal, this.#readers === 0 && graceMs > 0 ? graceMs : undefined);
    }
  }

  /** Before the client is let go there is nothing to trace, and a container that only just started could miss the signal. */
  #hasClientAtWork(): boolean {
    const { state } = this.#run.view();
    return state === 'warmup' || state === 'measuring';
  }

  async #switch(on: boolean): Promise<void> {
    this.#on = on;
    if (on) this.#log.begin('trace');
    try {
      const containers = await this.#ports.engine.containers(this.#run.config.label);
      const own = containers.filter((container) => this.#isOwn(container));
      await Promise.all(own.map(({ id }) => this.#signal(id, on ? SIGNAL_ON : SIGNAL_OFF)));
    } catch (error) {
      this.#warn(error);
    }
    if (!on) this.#log.end('trace');
  }

  #isOwn({ service, state }: EngineContainer): boolean {
    const { replicas, clientService } = this.#run.config;
    return state === 'running' && (service === clientService || replicas.some((replica) => replica.service === service));
  }

  async #signal(containerId: string, name: string): Promise<void> {
    try {
      await this.#ports.engine.signal(containerId, name);
    } catch (error) {
      // It ended meanwhile, and has nothing more to say.
      if (!(error instanceof LabError && error.code === 'run_over')) this.#warn(error);
    }
  }

  #warn(error: unknown): void {
    if (!isOver(this.#run.view().state)) this.#run.remark('warn', `tracing could not be switched: ${wordsOf(error)}`);
  }
}

/** Why a run with this client cannot be traced; null if it can. */
export function problemOf({ clientFormat, scenario }: LiveRun['config']): string | null {
  if (clientFormat === 'lab') return null;
  return `${scenario} runs images that are not the lab's own: they write no steps down, and the signal that asks for it would end them`;
}
