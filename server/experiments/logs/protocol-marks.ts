import type { LogMark } from '@/server/domain/log-line';
import type { RunConfig } from '@/server/domain/run';
import type { ElectrodeFact } from '../../telemetry/electrode-client';
import type { LabEvent, LabEventOf } from '../../telemetry/events';

/**
 * Says which events mean something to the protocol. Replicas report ten times a second, so only what changed is marked,
 * and a source's resends at most once a second: a storm of them must not hide the rest.
 */
export class ProtocolMarks {
  readonly #names: ReadonlyMap<number, string>;
  readonly #views = new Map<string, number>();
  /** Views whose leader has said so. */
  readonly #led = new Set<number>();
  readonly #resends = new Map<string, number>();
  /** Second of the source's newest mark for resends. */
  readonly #resentAtS = new Map<string, number>();

  constructor(config: Pick<RunConfig, 'replicas'>) {
    this.#names = new Map(config.replicas.map(({ id, service }) => [id, service]));
  }

  /** The event's src is the service that printed it. */
  of(event: LabEvent): LogMark | undefined {
    switch (event.event) {
      case 'status':
        return this.#ofStatus(event);
      case 'ready':
        return this.#names.get(event.leader) === event.src ? this.#ofLeader(event.view) : undefined;
      case 'view':
        return this.#ofView(event);
      case 'recovered':
      case 'restored':
        return 'view';
      case 'attach':
        return 'offload';
      case 'detach':
      case 'error':
      case 'no_progress':
      case 'outage':
        return 'fault';
      case 'linearizability':
        return event.verdict === 'violated' ? 'fault' : undefined;
      case 'phase':
        return 'phase';
      case 'interval':
        return event.retries > 0 ? this.#ofResends(event.src, event.tUs / 1e6) : undefined;
      case 'boot':
        // A process that begins anew counts from 0, and knows of no view.
        this.#resends.delete(event.src);
        this.#views.delete(event.src);
        return undefined;
      default:
        return undefined;
    }
  }

  /** What a third party's programs print for people. */
  ofForeign(service: string, fact: ElectrodeFact, nowMs: number): LogMark | undefined {
    switch (fact.fact) {
      case 'view_entered':
        return this.#hasChanged(this.#views, service, fact.view) ? 'view' : undefined;
      case 'client_timeout':
      case 'prepare_resent':
        return this.#ofResends(service, nowMs / 1000);
      case 'leader_silent':
        return 'fault';
      case 'warmup_done':
      case 'finished':
        return 'phase';
      case 'latency':
        return undefined;
    }
  }

  /** A leader says it twice, with its view and once it is ready; the first word is marked. */
  #ofLeader(view: number): LogMark | undefined {
    if (this.#led.has(view)) return undefined;
    this.#led.add(view);
    return 'leader';
  }

  /** Each view once for a source: that it is wanted, or that it was entered. In view 0 a cluster begins, which is no change. */
  #ofView({ src, health, view, leader }: LabEventOf<'view'>): LogMark | undefined {
    const newView = this.#hasChanged(this.#views, src, view);
    if (newView) this.#resends.delete(src);
    if (health === 'lost_memory') return 'fault';
    const led = health === 'normal' && this.#names.get(leader) === src ? this.#ofLeader(view) : undefined;
    return led ?? (newView && view > 0 ? 'view' : undefined);
  }

  #ofStatus({ src, view, resends, tUs }: LabEventOf<'status'>): LogMark | undefined {
    const knownView = this.#views.has(src);
    const newView = this.#hasChanged(this.#views, src, view);
    // Each view counts from 0.
    if (newView) this.#resends.delete(src);
    const resent = resends > (this.#resends.get(src) ?? 0);
    this.#resends.set(src, resends);
    if (newView && knownView) return 'view';
    return resent ? this.#ofResends(src, tUs / 1e6) : undefined;
  }

  #ofResends(source: string, second: number): LogMark | undefined {
    return this.#hasChanged(this.#resentAtS, source, Math.floor(second)) ? 'resend' : undefined;
  }

  #hasChanged(values: Map<string, number>, source: string, value: number): boolean {
    if (values.get(source) === value) return false;
    values.set(source, value);
    return true;
  }
}
