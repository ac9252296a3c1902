import type { LatencyInterval } from '../domain/latency';
import type { RawLine, RunStore } from '../domain/ports';
import type { ReplicaState, RunView } from '../domain/run';
import { applyElectrode, readElectrodeLine, startElectrode } from '../telemetry/electrode-client';
import type { LabEvent } from '../telemetry/events';
import { parseEventLine, readLogLine } from '../telemetry/parse-line';
import type { ClusterWatch } from './cluster-watch';
import { LatencyTally } from './latency-tally';
import type { LiveRun } from './live-run';
import type { UnnumberedLine } from './log-journal';
import { Roster } from './roster';

type StoredEvent = Parameters<RunStore['appendEvents']>[1][number];

/** Percentiles of the running view are merged anew this often. */
const SUMMARY_EVERY_MS = 500;

/**
 * Takes the containers' lines, batch by batch: each goes into the run's log, and those that are events also into the
 * cluster watch, the roster, the latency series and the store. Every stdout line is parsed once.
 */
export class ClusterLogs {
  readonly #run: LiveRun;
  readonly #watch: ClusterWatch;
  readonly #roster: Roster;
  readonly #tally = new LatencyTally();
  #electrode = startElectrode();
  #summarisedAt = 0;
  #rejected = 0;

  constructor(run: LiveRun, watch: ClusterWatch) {
    this.#run = run;
    this.#watch = watch;
    this.#roster = new Roster(run.config);
  }

  take(service: string, lines: RawLine[]): void {
    const events: LabEvent[] = [];
    const stored: StoredEvent[] = [];
    const logged: UnnumberedLine[] = [];
    for (const raw of lines) {
      logged.push({ source: service, time: raw.time, stream: raw.stream, ...readLogLine(raw) });
      const event = raw.stream === 'stdout' ? this.#parse(service, raw.text) : null;
      if (event !== null) {
        events.push(event);
        // Intervals have a table of their own.
        if (event.event !== 'interval') stored.push({ tUs: event.tUs, source: service, event: event.event, json: raw.text });
      } else if (this.#run.config.clientFormat === 'electrode') this.#readForeign(raw.text);
    }
    this.#run.addLines(logged);
    if (events.length === 0) return;
    this.#run.addEvents(stored);
    this.#fold(events);
  }

  /** The source is the container, whatever the line says: a replica may not speak for another. */
  #parse(service: string, text: string): LabEvent | null {
    const { event, reason } = parseEventLine(text);
    if (event !== null) return { ...event, src: service };
    if (reason !== 'not an event' && this.#rejected++ < 5) this.#run.remark('warn', `${service}: unreadable event: ${reason}`);
    return null;
  }

  #fold(events: LabEvent[]): void {
    const now = Date.now();
    let replicas: ReplicaState[] = this.#run.view().replicas;
    const intervals: LatencyInterval[] = [];
    for (const event of events) {
      if (event.event === 'status') replicas = this.#roster.fold(replicas, event);
      if (event.event === 'interval') {
        intervals.push(event);
        this.#tally.add(event);
      }
      this.#watch.fromContainer(event, now);
    }
    if (intervals.length > 0) this.#run.addIntervals(intervals.map(toInterval));
    this.#run.change((view) => ({ ...view, ...this.#figures(now, intervals.length > 0), replicas }));
  }

  /** Running values; the client's own summary replaces them in the end. */
  #figures(now: number, measured: boolean): Partial<RunView> {
    const offloadSoFar = this.#roster.offloadSoFar;
    if (!measured || this.#watch.summary !== null) return { offloadSoFar };
    if (now - this.#summarisedAt < SUMMARY_EVERY_MS) return { offloadSoFar, ...this.#tally.counts() };
    this.#summarisedAt = now;
    return { offloadSoFar, ...this.#tally.counts(), latency: this.#tally.summary() };
  }

  #readForeign(text: string): void {
    const fact = readElectrodeLine(text);
    if (fact === null) return;
    const before = this.#electrode.phase;
    this.#electrode = applyElectrode(this.#electrode, fact);
    const { phase, completed, throughputPerS, latency, timeouts } = this.#electrode;
    if (phase !== before) this.#watch.foreignPhase(phase === 'done' ? 'draining' : phase, Date.now());
    this.#run.change((view) => ({ ...view, completed, throughputPerS, latency, timeouts, clientRetries: timeouts }));
  }
}

/** The event's latency part alone: what the store keeps. */
function toInterval({
  phase,
  index,
  startUs,
  durationUs,
  completed,
  timeouts,
  retries,
  sumNs,
  minNs,
  maxNs,
  hist,
}: LatencyInterval): LatencyInterval {
  return { phase, index, startUs, durationUs, completed, timeouts, retries, sumNs, minNs, maxNs, hist };
}
