import { Clock, Crown, Eye, Flag, type LucideIcon, Microchip, RefreshCw, Zap } from 'lucide-react';
import { Icon } from '@/components/ui/icon';
import type { LogLine, LogMark } from '@/server/api/types';

type MarkLook = { icon: LucideIcon; words: string; colour: string };

/** What a line means to the protocol: an icon, a word, a colour of the tokens. */
export const MARKS = {
  leader: { icon: Crown, words: 'leader', colour: 'var(--accent)' },
  view: { icon: Eye, words: 'new view', colour: 'var(--accent)' },
  resend: { icon: RefreshCw, words: 'messages sent again', colour: 'var(--warn)' },
  fault: { icon: Zap, words: 'fault', colour: 'var(--warn)' },
  offload: { icon: Microchip, words: 'program attached or gone', colour: 'var(--text-2)' },
  phase: { icon: Flag, words: 'phase', colour: 'var(--text-2)' },
} as const satisfies Record<LogMark, MarkLook>;

const LATE = 'late: it came when later lines stood here already';

/** The gutter of a line: its mark, or a clock if it came late. */
export function LineMark({ line }: { line: Pick<LogLine, 'mark' | 'late'> }) {
  if (line.mark === undefined && line.late !== true) return <span />;
  const look = line.mark === undefined ? { icon: Clock, words: LATE, colour: 'var(--text-2)' } : MARKS[line.mark];
  const words = line.mark !== undefined && line.late === true ? `${look.words}; ${LATE}` : look.words;
  return (
    <span
      aria-label={words}
      className="flex items-center justify-center"
      role="img"
      style={{ color: look.colour }}
      title={words}
    >
      <Icon of={look.icon} size={12} />
    </span>
  );
}
