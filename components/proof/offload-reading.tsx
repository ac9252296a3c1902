import { CircleHelp, CircleX, Minus, Shuffle, Split } from 'lucide-react';
import { Badge, Quiet, type Tone } from '@/components/ui/badge';
import type { MechanismVerdict } from '@/server/api/types';

const READINGS = {
  offloaded: { icon: Split, tone: 'accent', words: 'offloaded' },
  not_offloaded: { icon: Minus, tone: 'plain', words: 'not offloaded' },
  broken: { icon: CircleX, tone: 'bad', words: 'broken' },
  mixed: { icon: Shuffle, tone: 'warn', words: 'mixed' },
  unknown: { icon: CircleHelp, tone: 'plain', words: 'unknown' },
} as const satisfies Record<MechanismVerdict, { icon: typeof Minus; tone: Tone; words: string }>;

type OffloadReadingProps = {
  verdict: MechanismVerdict;
  /** While the run measures: the counters so far, not the proof. */
  soFar?: boolean;
  /** A badge where it is the subject; quiet text where rows must not shout. */
  boxed?: boolean;
};

/** What the counters say about the offload: an icon and words. */
export function OffloadReading({ verdict, soFar = false, boxed = false }: OffloadReadingProps) {
  const { icon, tone, words } = READINGS[verdict];
  const Shape = boxed ? Badge : Quiet;
  return (
    <Shape icon={icon} tone={tone}>
      {words}
      {soFar ? ' so far' : ''}
    </Shape>
  );
}
