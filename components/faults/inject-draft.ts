/** The fault form as chosen and typed: numbers stay text until they are checked, so nothing is swallowed while typing. */
import { readNumber } from '@/components/workload/workload-draft';
import type { FaultAction, FaultKind, FaultTarget } from '@/server/api/types';

/** Stands for whoever leads where a replica's name could stand. */
export const LEADER = 'leader';

export type InjectDraft = {
  kind: FaultKind;
  /** LEADER or a replica. */
  target: string;
  /** Where datagrams get lost or doubled. */
  where: 'everywhere' | 'into' | 'pair';
  to: string;
  direction: 'both' | 'one';
  loss: string;
  duplicate: string;
  /** Empty: to the run's end. */
  seconds: string;
};

export type InjectErrors = Partial<Record<'to' | 'loss' | 'duplicate' | 'seconds', string>>;
export type InjectOrder = { action: FaultAction; forSeconds: number | null };

export function firstDraft(replicas: readonly string[]): InjectDraft {
  return {
    kind: 'pause',
    target: LEADER,
    where: 'everywhere',
    to: replicas[1] ?? LEADER,
    direction: 'both',
    loss: '5',
    duplicate: '5',
    seconds: '3',
  };
}

/** What is to be injected, or why it cannot be. */
export function checkInject(draft: InjectDraft): { order: InjectOrder; errors: null } | { order: null; errors: InjectErrors } {
  const errors: InjectErrors = {};
  const forSeconds = readSeconds(draft, errors);
  const action = actionOf(draft, errors);
  if (Object.keys(errors).length > 0) return { order: null, errors };
  return { order: { action, forSeconds }, errors: null };
}

export const isPair = ({ kind, where }: Pick<InjectDraft, 'kind' | 'where'>) =>
  kind === 'cut' || (kind === 'noise' && where === 'pair');

/** Killed without a time: its memory is gone, and nobody starts it again by himself. */
export function asksFirst({ action, forSeconds }: InjectOrder): boolean {
  return action.kind === 'kill' && forSeconds === null;
}

function readSeconds({ kind, seconds }: InjectDraft, errors: InjectErrors): number | null {
  if (kind === 'restart' || seconds.trim() === '') return null;
  const { value, problem } = readNumber(seconds, { title: 'Duration', unit: 'seconds', whole: false, min: 0.1, max: 600 });
  if (problem === null) return value;
  errors.seconds = problem;
  return null;
}

function actionOf(draft: InjectDraft, errors: InjectErrors): FaultAction {
  const { kind } = draft;
  const target = targetOf(draft.target);
  if (kind !== 'cut' && kind !== 'noise') return { kind, target };
  if (isPair(draft) && draft.to === draft.target) errors.to = 'A link has two ends: choose another replica.';
  const pair = { kind: 'pair', from: target, to: targetOf(draft.to), bothWays: draft.direction === 'both' } as const;
  if (kind === 'cut') return { kind, link: pair };
  const lossPercent = readPercent('loss', draft.loss, errors);
  const duplicatePercent = readPercent('duplicate', draft.duplicate, errors);
  if (lossPercent === 0 && duplicatePercent === 0 && errors.loss === undefined) errors.loss = 'Lose or double something.';
  const link =
    draft.where === 'everywhere'
      ? ({ kind: 'everywhere' } as const)
      : draft.where === 'into'
        ? ({ kind: 'into', target } as const)
        : pair;
  return { kind, link, lossPercent, duplicatePercent };
}

function readPercent(field: 'loss' | 'duplicate', text: string, errors: InjectErrors): number {
  if (text.trim() === '') return 0;
  const title = field === 'loss' ? 'Loss' : 'Duplication';
  const { value, problem } = readNumber(text, { title, unit: '%', whole: false, min: 0, max: 100 });
  if (problem === null) return value;
  errors[field] = problem;
  return 0;
}

function targetOf(name: string): FaultTarget {
  return name === LEADER ? { kind: 'leader' } : { kind: 'replica', name };
}
