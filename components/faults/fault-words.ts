/** Faults in words: as the plan's text has them, and as people read what became of one. */
import { formatDuration } from '@/components/ui/format';
import type { FaultAction, FaultKind, FaultLink, FaultPlan, FaultRecord, FaultTarget, PlannedFault } from '@/server/api/types';

/** What each kind is called in a list to choose from, and what it does, in one line. */
export const KINDS = {
  kill: { title: 'Kill', does: 'SIGKILL; it comes back with empty memory' },
  pause: { title: 'Pause', does: 'the process stands still and keeps its memory' },
  restart: { title: 'Restart', does: 'kills it if it runs and starts it at once, with empty memory' },
  isolate: { title: 'Isolate', does: 'no datagram to or from it, the clients’ among them' },
  cut: { title: 'Cut a link', does: 'no datagram between two replicas' },
  noise: { title: 'Lose or double', does: 'each datagram is lost or doubled by chance' },
} as const satisfies Record<FaultKind, { title: string; does: string }>;

export function sayTarget(target: FaultTarget): string {
  return target.kind === 'replica' ? target.name : target.kind;
}

/** `kill leader`, `cut replica1 -> replica2`, `lose 5 % and double 1 % everywhere`: what a plan's text has between its times. */
export function sayAction(action: FaultAction): string {
  if (action.kind === 'cut') {
    const { from, to, bothWays } = action.link;
    return `cut ${sayTarget(from)} ${bothWays ? '<->' : '->'} ${sayTarget(to)}`;
  }
  if (action.kind !== 'noise') return `${action.kind} ${sayTarget(action.target)}`;
  const chances = [
    action.lossPercent > 0 ? `lose ${action.lossPercent} %` : '',
    action.duplicatePercent > 0 ? `double ${action.duplicatePercent} %` : '',
  ];
  return `${chances.filter((words) => words !== '').join(' and ')} ${sayPlace(action.link)}`;
}

function sayPlace(link: FaultLink): string {
  if (link.kind === 'everywhere') return 'everywhere';
  if (link.kind === 'into') return `into ${sayTarget(link.target)}`;
  const [from, to] = [sayTarget(link.from), sayTarget(link.to)];
  return link.bothWays ? `between ${from} and ${to}` : `from ${from} to ${to}`;
}

/** `at 5 s kill leader for 3 s`. */
export function sayPlanned({ atSeconds, action, forSeconds }: PlannedFault): string {
  return `at ${atSeconds} s ${sayAction(action)}${forSeconds === null ? '' : ` for ${forSeconds} s`}`;
}

/** The whole plan as its text form has it. */
export function sayPlan(plan: FaultPlan): string {
  return plan.map(sayPlanned).join('; ');
}

const ENDS = {
  over: 'its time was up',
  asked: 'ended early',
  run_over: 'with the run',
  lost: 'undone: what held it died',
} as const satisfies Record<NonNullable<FaultRecord['end']>, string>;

/** How it ended: `its time was up`; `goes on` until it has. */
export function sayEnd({ end, endedAt }: Pick<FaultRecord, 'end' | 'endedAt'>): string {
  if (end !== null) return ENDS[end];
  return endedAt === null ? 'goes on' : 'done';
}

/** What a person does about time left: `3.2 s left`, `to the run’s end`. */
export function sayLeft({ endsAt }: Pick<FaultRecord, 'endsAt'>, nowMs: number): string {
  return endsAt === null ? 'to the run’s end' : `${formatDuration(roundTenths(Math.max(0, endsAt - nowMs)))} left`;
}

/** A clock that ticks in tenths does not flicker. */
function roundTenths(ms: number): number {
  return Math.round(ms / 100) * 100;
}

const ORIGINS = { plan: 'planned', panel: 'by hand', lab: 'by command' } as const satisfies Record<
  FaultRecord['origin'],
  string
>;

export function sayOrigin({ origin }: Pick<FaultRecord, 'origin'>): string {
  return ORIGINS[origin];
}

/** A fault of a run in one short remark: `2 faults: kill replica1, pause replica2`. */
export function sayFaults(faults: readonly Pick<FaultRecord, 'title'>[]): string {
  const titles = faults.map(({ title }) => title);
  const shown = titles.slice(0, 3).join(', ');
  const more = titles.length > 3 ? `, and ${titles.length - 3} more` : '';
  return `${titles.length === 1 ? '1 fault' : `${titles.length} faults`}: ${shown}${more}`;
}
