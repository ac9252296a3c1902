import type { StoredEvent } from '@/server/domain/archive';
import type { RunConfig } from '@/server/domain/run';
import type { LabEventOf } from '@/server/telemetry/events';
import { parseEventLine } from '@/server/telemetry/parse-line';
import { RunTrace } from './run-trace';

/** All points of a run that is over, in the order of its stored events; the same each time. */
export function readStoredTrace(config: RunConfig, events: StoredEvent[]): RunTrace {
  const lines = events.filter(({ event }) => event === 'trace').flatMap(parseTrace);
  const points = lines.reduce((sum, { op }) => sum + op.length, 0);
  const trace = new RunTrace(config, { capacity: points, epoch: 'stored' });
  for (const line of lines) trace.add(line);
  trace.end();
  return trace;
}

/** The source is the container, whatever the line says. */
function parseTrace({ json, source }: StoredEvent): LabEventOf<'trace'>[] {
  const { event } = parseEventLine(json);
  return event?.event === 'trace' ? [{ ...event, src: source }] : [];
}
