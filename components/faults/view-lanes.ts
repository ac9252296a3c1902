/** Who was at what in which view, replica by replica, for the timeline and its table. */
import { sourceIdentity } from '@/components/scenarios/replica-tag';
import type { LaneStatus, ViewLanes } from '@/pictures/data';
import type { FaultRecord, RunView, ViewEntry } from '@/server/api/types';
import { type Marked, windowStart } from './fault-marks';

type Told = Marked & Pick<RunView, 'views' | 'deaths'> & { config: Pick<RunView['config'], 'replicas'> };
type Segment = ViewLanes['lanes'][number]['segments'][number];

/** A restarted replica has spoken again this long after it was killed at the earliest; what comes sooner are its last words. */
const LAST_WORDS_MS = 50;

/** In milliseconds since measuring began; reachedMs: how far the run has come. */
export function viewLanes(run: Told, reachedMs: number): ViewLanes['lanes'] {
  const begin = windowStart(run);
  if (begin === null) return [];
  return run.config.replicas.map(({ service }) => {
    const entries = run.views.filter(({ replica }) => replica === service).sort((a, b) => a.at - b.at);
    const said = joinSame(entries.map((entry, at) => segmentOf(entry, entries[at + 1], { begin, reachedMs })));
    const absences = absencesOf(service, entries, run).map(({ from, to, words }) => ({
      fromMs: Math.round(from - begin),
      toMs: to === null ? reachedMs : Math.round(to - begin),
      words,
    }));
    return { name: service, short: sourceIdentity(service).short, segments: cutOut(said, absences) };
  });
}

function segmentOf(entry: ViewEntry, next: ViewEntry | undefined, { begin, reachedMs }: Reach): Segment {
  const fromMs = Math.round(entry.at - begin);
  return {
    fromMs,
    toMs: next === undefined ? Math.max(fromMs, reachedMs) : Math.round(next.at - begin),
    status: statusOf(entry),
    view: entry.view,
    words: sayEntry(entry),
  };
}

type Reach = { begin: number; reachedMs: number };

function statusOf({ health, leader, replica }: ViewEntry): LaneStatus {
  if (health !== 'normal') return health;
  return leader === replica ? 'leader' : 'normal';
}

const HEALTH_WORDS = {
  leader: 'leads',
  normal: 'follows in',
  view_change: 'changes to',
  recovering: 'recovers into',
  lost_memory: 'lost its memory in',
  down: 'down in',
} as const satisfies Record<LaneStatus, string>;

/** `leads view 3`, `recovers into view 3`. */
export function sayEntry(entry: ViewEntry): string {
  return `${HEALTH_WORDS[statusOf(entry)]} view ${entry.view}`;
}

/** A replica reports more often than it changes. */
function joinSame(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last !== undefined && last.status === segment.status && last.view === segment.view) last.toMs = segment.toMs;
    else joined.push({ ...segment });
  }
  return joined;
}

type Absence = { from: number; to: number | null; words: string };

/** While it was killed or stood still it said nothing; what it said last is not what it was at. */
function absencesOf(service: string, entries: readonly ViewEntry[], run: Told): Absence[] {
  const mine = run.faults.filter(({ targets }) => targets.includes(service));
  const restarts = mine.filter(({ action }) => action.kind === 'restart');
  return mine.flatMap((fault): Absence[] => {
    const { action, startedAt, endedAt } = fault;
    if (action.kind === 'pause') return [{ from: startedAt, to: endedAt, words: 'paused' }];
    if (action.kind !== 'kill' && action.kind !== 'restart') return [];
    const to = backAt(fault, entries, restarts);
    // A killed one that was restarted by another fault: that restart begins where this ends.
    return [{ from: startedAt, to, words: action.kind === 'kill' ? 'killed' : 'restarting' }];
  });
}

/** Its first word of its new life: the lab starts a container, and what runs in it speaks later. Null: not one so far. */
function backAt({ startedAt }: FaultRecord, entries: readonly ViewEntry[], restarts: readonly FaultRecord[]): number | null {
  const word = entries.find(({ at }) => at > startedAt + LAST_WORDS_MS)?.at ?? null;
  const restart = restarts.find((other) => other.startedAt > startedAt)?.startedAt ?? null;
  const ends = [word, restart].filter((at) => at !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** What was said, without what an absence covers, and the absences among it. */
function cutOut(said: readonly Segment[], absences: readonly { fromMs: number; toMs: number; words: string }[]): Segment[] {
  const kept = absences.reduce<Segment[]>(
    (segments, { fromMs, toMs }) =>
      segments.flatMap((segment) => {
        if (segment.toMs <= fromMs || segment.fromMs >= toMs) return [segment];
        const before = segment.fromMs < fromMs ? [{ ...segment, toMs: fromMs }] : [];
        const after = segment.toMs > toMs ? [{ ...segment, fromMs: toMs }] : [];
        return [...before, ...after];
      }),
    [...said],
  );
  const down = absences.map((absence): Segment => ({ ...absence, status: 'down', view: null }));
  return [...kept, ...down].sort((a, b) => a.fromMs - b.fromMs);
}
