import { Check, CircleStop, LoaderCircle, Pause } from 'lucide-react';
import { Badge, type Tone } from '@/components/ui/badge';
import type { ExperimentState } from '@/server/api/types';

const LOOKS = {
  running: { icon: LoaderCircle, tone: 'accent' },
  paused: { icon: Pause, tone: 'plain' },
  done: { icon: Check, tone: 'ok' },
  cancelled: { icon: CircleStop, tone: 'plain' },
} as const satisfies Record<ExperimentState, { icon: typeof Check; tone: Tone }>;

/** Its mark stands still: what turns on the screen takes CPU from the runs that measure on the same cores. */
export function StateBadge({ state }: { state: ExperimentState }) {
  const { icon, tone } = LOOKS[state];
  return (
    <Badge icon={icon} tone={tone}>
      {state}
    </Badge>
  );
}
