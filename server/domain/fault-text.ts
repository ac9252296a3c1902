/** Faults in words: the text form that fault-plan.ts reads, and the titles that the lab shows. */
import type { FaultAction, FaultLink, FaultPlan, FaultTarget, PlannedFault } from './fault';

/** `at 5 s kill leader; at 9 s restart it` */
export function formatFaultPlan(plan: FaultPlan): string {
  return plan.map(formatPlanned).join('; ');
}

function formatPlanned({ atSeconds, action, forSeconds }: PlannedFault): string {
  return `at ${atSeconds} s ${formatAction(action)}${forSeconds === null ? '' : ` for ${forSeconds} s`}`;
}

/** `kill leader`, `lose 5 % and double 5 % into replica2` */
export function formatAction(action: FaultAction): string {
  switch (action.kind) {
    case 'kill':
    case 'restart':
    case 'pause':
    case 'isolate':
      return `${action.kind} ${formatTarget(action.target)}`;
    case 'cut':
      return `cut ${formatTarget(action.link.from)} ${action.link.bothWays ? '<->' : '->'} ${formatTarget(action.link.to)}`;
    case 'noise':
      return `${formatChances(action)} ${formatLink(action.link)}`;
  }
}

export function formatTarget(target: FaultTarget): string {
  return target.kind === 'replica' ? target.name : target.kind;
}

function formatChances({ lossPercent, duplicatePercent }: Extract<FaultAction, { kind: 'noise' }>): string {
  const loss = `lose ${lossPercent} %`;
  const double = `double ${duplicatePercent} %`;
  if (duplicatePercent === 0) return loss;
  return lossPercent === 0 ? double : `${loss} and ${double}`;
}

function formatLink(link: FaultLink): string {
  switch (link.kind) {
    case 'everywhere':
      return 'everywhere';
    case 'into':
      return `into ${formatTarget(link.target)}`;
    case 'pair':
      return link.bothWays
        ? `between ${formatTarget(link.from)} and ${formatTarget(link.to)}`
        : `from ${formatTarget(link.from)} to ${formatTarget(link.to)}`;
  }
}

/** The action with every target a name, for the title of what was done: `kill replica1`. */
export function withTargets(action: FaultAction, resolve: (target: FaultTarget) => string): FaultAction {
  const named = (target: FaultTarget): FaultTarget => ({ kind: 'replica', name: resolve(target) });
  const linked = (link: Extract<FaultLink, { kind: 'pair' }>) => ({ ...link, from: named(link.from), to: named(link.to) });
  switch (action.kind) {
    case 'cut':
      return { ...action, link: linked(action.link) };
    case 'noise':
      if (action.link.kind === 'into') return { ...action, link: { kind: 'into', target: named(action.link.target) } };
      return action.link.kind === 'pair' ? { ...action, link: linked(action.link) } : action;
    default:
      return { ...action, target: named(action.target) };
  }
}

/** Every target that an action names. */
export function targetsOf(action: FaultAction): FaultTarget[] {
  if (action.kind === 'cut') return [action.link.from, action.link.to];
  if (action.kind !== 'noise') return [action.target];
  if (action.link.kind === 'everywhere') return [];
  return action.link.kind === 'into' ? [action.link.target] : [action.link.from, action.link.to];
}
