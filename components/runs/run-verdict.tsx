import { Check, CircleDashed, CircleHelp, CircleStop, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Badge, type Tone } from '@/components/ui/badge';
import type { RunEnd, RunSummary, Verdict } from '@/server/api/types';
import { PHASE_TITLES } from './phase-titles';
import { isOver } from './use-run-view';

type Look = { icon: typeof Check; tone: Tone; word: string };

const ENDED_EARLY = {
  failed: { icon: CircleX, tone: 'bad', word: 'failed' },
  stopped: { icon: CircleStop, tone: 'plain', word: 'stopped' },
  interrupted: { icon: TriangleAlert, tone: 'warn', word: 'interrupted' },
} as const satisfies Record<Exclude<RunEnd, 'done'>, Look>;

const JUDGED = {
  valid: { icon: Check, tone: 'ok', word: 'valid' },
  suspect: { icon: TriangleAlert, tone: 'warn', word: 'suspect' },
  invalid: { icon: CircleX, tone: 'bad', word: 'invalid' },
} as const satisfies Record<Verdict, Look>;

type Judged = Pick<RunSummary, 'state' | 'valid' | 'verdict'>;

function lookOf({ state, valid, verdict }: Judged): Look {
  if (state === 'queued') return { icon: CircleDashed, tone: 'plain', word: 'queued' };
  if (!isOver(state)) return { icon: LoaderCircle, tone: 'accent', word: PHASE_TITLES[state].toLowerCase() };
  if (state !== 'done') return ENDED_EARLY[state];
  if (verdict !== null) return JUDGED[verdict];
  // From before there were gates: by the proof. A third-party image has no counters, so it is neither proven nor disproven.
  if (valid === null) return { icon: CircleHelp, tone: 'plain', word: 'unproven' };
  return valid ? JUDGED.valid : JUDGED.invalid;
}

/** The verdict on a run: what it is doing, or whether its numbers count. */
export function RunVerdict({ run }: { run: Judged }) {
  const { icon, tone, word } = lookOf(run);
  return (
    <Badge icon={icon} tone={tone} turning={icon === LoaderCircle}>
      {word}
    </Badge>
  );
}
