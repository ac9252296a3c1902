/** Whether a fault, or a whole plan of them, can be done to a scenario's cluster at all; every reason in words. */
import type { FaultAction, FaultPlan, FaultTarget } from './fault';
import { formatAction, formatTarget, targetsOf } from './fault-text';
import type { Scenario } from './scenario';
import { count } from './wording';

export const FAULT_BOUNDS = { entries: 50, seconds: { min: 0.1, max: 600 }, percent: { min: 0, max: 100 } } as const;

/** What a fault can be checked against. */
export type FaultGround = Pick<Scenario, 'replicas' | 'clientService' | 'clientFormat'> & {
  /** False: the file has no `x-lab`, so nobody says that it speaks the lab's protocol. */
  declared?: boolean;
};

/** seconds: length of the measured window; null for a workload in requests, which ends when it ends. */
export function checkFaultPlan(plan: FaultPlan, ground: FaultGround, seconds: number | null): string[] {
  const { entries } = FAULT_BOUNDS;
  const problems =
    plan.length > entries ? [`The plan has ${count(plan.length)} faults; ${entries} are the most. Leave some out.`] : [];
  let it: FaultTarget | null = null;
  for (const { atSeconds, action, forSeconds } of plan.slice(0, entries)) {
    const say = (why: string) => problems.push(`“at ${atSeconds} s ${formatAction(action)}” ${why}`);
    for (const why of checkTime(atSeconds, seconds)) say(why);
    for (const why of checkFault(action, forSeconds, ground, it)) say(why);
    it = targetOf(action) ?? it;
  }
  return problems;
}

/** it: the target of the fault before, which `it` stands for; null if there is none. */
export function checkFault(
  action: FaultAction,
  forSeconds: number | null,
  ground: FaultGround,
  it: FaultTarget | null,
): string[] {
  return [
    ...checkPowers(action, ground),
    ...targetsOf(action).flatMap((target) => checkTarget(target, { action, ground, it })),
    ...checkPair(action),
    ...checkPercents(action),
    ...checkDuration(action, forSeconds),
  ];
}

/** Who `it` is after this fault: the one replica that it concerns; null for a link, which is none. */
export function targetOf(action: FaultAction): FaultTarget | null {
  const [target, other] = targetsOf(action);
  return target === undefined || other !== undefined || target.kind === 'it' ? null : target;
}

function checkTime(at: number, seconds: number | null): string[] {
  if (!Number.isFinite(at) || at < 0) return [`begins at ${at} s. Choose 0 s or later.`];
  if (seconds === null || at < seconds) return [];
  return [`begins when the measured window of ${count(seconds)} s is over. Choose an earlier time, or a longer run.`];
}

/** The fault program knows the lab's datagrams alone, and only its replicas say who leads. */
function checkPowers(action: FaultAction, { clientFormat, declared = true }: FaultGround): string[] {
  if (clientFormat === 'lab' && declared) return [];
  if (action.kind === 'isolate' || action.kind === 'cut' || action.kind === 'noise') {
    return ['concerns datagrams, and those of this scenario are not the lab’s. Here only kill, restart and pause can be done.'];
  }
  return targetsOf(action).some(({ kind }) => kind === 'leader')
    ? ['needs to know who leads, which these images do not say. Name a replica.']
    : [];
}

function checkTarget(
  target: FaultTarget,
  { action, ground, it }: { action: FaultAction; ground: FaultGround; it: FaultTarget | null },
): string[] {
  if (target.kind === 'leader') return [];
  if (target.kind === 'it') {
    return it === null ? ['says it, but no fault before it concerns one replica alone. Name the replica, or leader.'] : [];
  }
  const replicas = ground.replicas.map(({ service }) => service);
  const isLink = action.kind === 'cut' || action.kind === 'noise';
  const known = isLink ? [...replicas, ground.clientService] : replicas;
  if (known.includes(target.name)) return [];
  return [
    `names ${formatTarget(target)}, which ${isLink ? 'this scenario does not have' : 'is no replica of this scenario'}. Known are ${known.join(', ')}.`,
  ];
}

function checkPair(action: FaultAction): string[] {
  if ((action.kind !== 'cut' && action.kind !== 'noise') || action.link.kind !== 'pair') return [];
  const { from, to } = action.link;
  return formatTarget(from) === formatTarget(to) ? ['links a replica with itself. Name two.'] : [];
}

function checkPercents(action: FaultAction): string[] {
  if (action.kind !== 'noise') return [];
  const { lossPercent, duplicatePercent } = action;
  const { min, max } = FAULT_BOUNDS.percent;
  const isOut = (percent: number) => !Number.isFinite(percent) || percent < min || percent > max;
  const out = [lossPercent, duplicatePercent].filter(isOut);
  if (out.length > 0) return [`says ${out.join(' % and ')} %. Choose ${min} to ${max} %.`];
  return lossPercent === 0 && duplicatePercent === 0 ? ['loses and doubles nothing. Choose more than 0 %.'] : [];
}

function checkDuration({ kind }: FaultAction, forSeconds: number | null): string[] {
  if (forSeconds === null) return [];
  if (kind === 'restart') return ['cannot last: a restart is done once. Leave its duration out.'];
  const { min, max } = FAULT_BOUNDS.seconds;
  if (Number.isFinite(forSeconds) && forSeconds >= min && forSeconds <= max) return [];
  return [`lasts ${count(forSeconds)} s. Choose ${min} to ${max} s.`];
}
