import type { Observation } from './observation';
import type { RunView } from './run';

/** From when to when something looked into the cluster, in milliseconds since the Unix epoch; to is null while it does. */
export type ObservedSpan = { kind: Observation['kind']; from: number; to: number | null };

/**
 * What of the spans lies inside the run's measured window, as far as it has come, in place of what the view said of their
 * kinds; observations of other kinds stay.
 */
export function noteSpans(view: RunView, kinds: readonly Observation['kind'][], spans: readonly ObservedSpan[]): RunView {
  const others = view.observations.filter(({ kind }) => !kinds.includes(kind));
  const window = view.phases.find(({ phase }) => phase === 'measuring');
  if (window === undefined) return view;
  const inside = spans.flatMap((span) => clip(span, { from: window.startedAt, to: window.endedAt }));
  return { ...view, observations: [...others, ...inside] };
}

function clip(span: ObservedSpan, window: { from: number; to: number | null }): Observation[] {
  const from = Math.max(span.from, window.from);
  const ends = [span.to, window.to].filter((end) => end !== null);
  const to = ends.length === 0 ? null : Math.min(...ends);
  if (to !== null && to <= from) return [];
  return [{ kind: span.kind, fromMs: from - window.from, toMs: to === null ? null : to - window.from }];
}
