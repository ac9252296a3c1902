import type { LatencyInterval } from '../domain/latency';
import type { LogMark } from '../domain/log-line';
import type { RawLine, RunStore } from '../domain/ports';
import { applyElectrode, readElectrodeLine, startElectrode } from '../telemetry/electrode-client';
import type { LabEvent } from '../telemetry/events';
import { levelOf, parseEventLine } from '../telemetry/parse-line';
import { withFigures, withReplicas } from '../telemetry/telemetry-view';
import type { ClusterWatch } from './cluster-watch';
import type { LiveRun } from './live-run';
import type { UnnumberedLine } from './logs/log-journal';
import { ProtocolMarks } from './logs/protocol-marks';
import { traceOf } from './trace/live-traces';

type StoredEvent = Parameters<RunStore['appendEvents']>[1][number];

/**
 * Takes the containers' lines, batch by batch: each goes into the run's log, and those that are events also into the
 * cluster watch, the run's view, the latency series and the store. Every stdout line is parsed once.
 */
export class ClusterLogs {
  readonly #run: LiveRun;
  readonly #watch: ClusterWatch;
  readonly #marks: ProtocolMarks;
  #electrode = startElectrode();
  #rejected = 0;

  constructor(run: LiveRun, watch: ClusterWatch) {
    this.#run = run;
    this.#watch = watch;
    this.#marks = new ProtocolMarks(run.config);
  }

  take(service: string, lines: RawLine[]): void {
    const events: LabEvent[] = [];
    const stored: StoredEvent[] = [];
    const logged: UnnumberedLine[] = [];
    for (const raw of lines) {
      const { time, stream, text } = raw;
      const event = stream === 'stdout' ? this.#parse(service, text) : null;
      const mark = event === null ? this.#readForeign(service, text) : this.#marks.of(event);
      const line: UnnumberedLine = { source: service, time, stream, level: levelOf(raw), text };
      if (mark !== undefined) line.mark = mark;
      logged.push(line);
      if (event === null) continue;
      events.push(event);
      // Intervals have a table of their own.
      if (event.event !== 'interval') stored.push({ tUs: event.tUs, source: service, event: event.event, json: text });
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
    for (const event of events) {
      this.#watch.fromContainer(event);
      if (event.event === 'trace') traceOf(this.#run).add(event);
    }
    const intervals = events.filter((event) => event.event === 'interval');
    if (intervals.length > 0) this.#run.addIntervals(intervals.map(toInterval));
    const { telemetry } = this.#watch;
    // Percentiles are merged anew only when the client said something: replicas report ten times a second each.
    const fromClient = intervals.length > 0 || events.some((event) => event.event === 'summary');
    this.#run.change((view) => {
      const changed = withReplicas(view, telemetry);
      return fromClient ? withFigures(changed, telemetry) : changed;
    });
  }

  /** What a third party's line means; undefined for our own programs, which say it in events. */
  #readForeign(service: string, text: string): LogMark | undefined {
    if (this.#run.config.clientFormat !== 'electrode') return undefined;
    const fact = readElectrodeLine(text);
    if (fact === null) return undefined;
    const before = this.#electrode.phase;
    this.#electrode = applyElectrode(this.#electrode, fact);
    const { phase, completed, throughputPerS, latency, timeouts } = this.#electrode;
    if (phase !== before) this.#watch.foreignPhase(phase === 'done' ? 'draining' : phase, Date.now());
    this.#run.change((view) => ({ ...view, completed, throughputPerS, latency, timeouts, clientRetries: timeouts }));
    return this.#marks.ofForeign(service, fact, Date.now());
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
