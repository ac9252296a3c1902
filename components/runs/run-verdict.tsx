import { Check, CircleDashed, CircleHelp, CircleStop, CircleX, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Badge, type Tone } from '@/components/ui/badge';
import type { RunEnd, RunSummary } from '@/server/api/types';
import { PHASE_TITLES } from './phase-titles';
import { isOver } from './use-run-view';

type Look = { icon: typeof Check; tone: Tone; word: string };

const ENDED_EARLY = {
  failed: { icon: CircleX, tone: 'bad', word: 'failed' },
  stopped: { icon: CircleStop, tone: 'plain', word: 'stopped' },
  interrupted: { icon: TriangleAlert, tone: 'warn', word: 'interrupted' },
} as const satisfies Record<Exclude<RunEnd, 'done'>, Look>;

function lookOf({ state, valid }: Pick<RunSummary, 'state' | 'valid'>): Look {
  if (state === 'queued') return { icon: CircleDashed, tone: 'plain', word: 'queued' };
  if (!isOver(state)) return { icon: LoaderCircle, tone: 'accent', word: PHASE_TITLES[state].toLowerCase() };
  if (state !== 'done') return ENDED_EARLY[state];
  // A third-party image has no counters: its numbers are neither proven nor disproven.
  if (valid === null) return { icon: CircleHelp, tone: 'plain', word: 'unproven' };
  return valid ? { icon: Check, tone: 'ok', word: 'valid' } : { icon: CircleX, tone: 'bad', word: 'invalid' };
}

/** The verdict on a run: what it is doing, or whether its numbers count. */
export function RunVerdict({ run }: { run: Pick<RunSummary, 'state' | 'valid'> }) {
  const { icon, tone, word } = lookOf(run);
  return (
    <Badge icon={icon} tone={tone} turning={icon === LoaderCircle}>
      {word}
    </Badge>
  );
}
