/** Views over a run: who was in which, who led, and how long nobody answered. */
import type { LeaderChange, Outage, ViewEntry } from '@/server/domain/fault';
import type { LabEventOf } from './events';

/** Of each kind the first are kept: a cluster that changes views without end is told by its begin. */
const KEPT = 2000;

export type ViewHistory = { views: ViewEntry[]; leaders: LeaderChange[]; outages: Outage[] };

export const NO_VIEWS: ViewHistory = { views: [], leaders: [], outages: [] };

type Names = ReadonlyMap<number, string>;

/** Of ids that the configuration does not have, too. */
const nameOf = (id: number, names: Names) => names.get(id) ?? `replica ${id}`;

export function addView(history: ViewHistory, event: LabEventOf<'view'>, names: Names): ViewHistory {
  const { src: replica, health, view, op, commit, tUs } = event;
  const leader = nameOf(event.leader, names);
  const entry: ViewEntry = { replica, at: Math.floor(tUs / 1000), health, view, leader, op, commit };
  const views = history.views.length < KEPT ? inOrder(history.views, entry) : history.views;
  const leads = health === 'normal' && leader === replica;
  return addLeader({ ...history, views }, leads ? event : null);
}

/** The lines of several containers come a few milliseconds apart. */
function inOrder(views: ViewEntry[], entry: ViewEntry): ViewEntry[] {
  const more = [...views, entry];
  return (views.at(-1)?.at ?? 0) <= entry.at ? more : more.sort((a, b) => a.at - b.at);
}

/** event: of a replica that says it leads its view. A view has one leader, so the first word counts. */
export function addLeader(history: ViewHistory, event: { src: string; view: number; tUs: number } | null): ViewHistory {
  if (event === null) return history;
  const { src: leader, view, tUs } = event;
  const { leaders } = history;
  if (leaders.length >= KEPT || leaders.some((known) => known.view === view)) return history;
  const changed = [...leaders, { at: Math.floor(tUs / 1000), view, leader }];
  return { ...history, leaders: changed.sort((a, b) => a.view - b.view) };
}

export function addOutage(history: ViewHistory, event: LabEventOf<'outage'>, names: Names): ViewHistory {
  if (history.outages.length >= KEPT) return history;
  const said = (id: number) => (id === 0 ? null : nameOf(id, names));
  const outage: Outage = {
    startMs: event.startUs / 1000,
    durationMs: event.durationUs / 1000,
    leaderBefore: said(event.leaderBefore),
    leaderAfter: said(event.leaderAfter),
  };
  return { ...history, outages: [...history.outages, outage] };
}
