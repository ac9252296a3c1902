import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon';

/** ok: a check that passed; warn: suspect; bad: wrong; accent: going on; plain: neither. */
export type Tone = 'plain' | 'ok' | 'warn' | 'bad' | 'accent';

const BADGE_TONES = {
  plain: 'border-line-strong text-fg-2',
  ok: 'border-ok-line bg-ok-soft text-ok',
  warn: 'border-warn-line bg-warn-soft text-warn',
  bad: 'border-bad-line bg-bad-soft text-bad',
  accent: 'border-accent-line bg-accent-soft text-accent',
} as const satisfies Record<Tone, string>;

export const TONE_TEXT = {
  plain: 'text-fg-2',
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  accent: 'text-accent',
} as const satisfies Record<Tone, string>;

type BadgeProps = { tone?: Tone; icon?: LucideIcon; turning?: boolean; children: ReactNode };

/** A sentence may break its line where a word or two may not. */
type QuietProps = BadgeProps & { wraps?: boolean };

/** A verdict: an icon and a word, never colour alone. */
export function Badge({ tone = 'plain', icon, turning = false, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-[22px] items-center gap-[5px] whitespace-nowrap rounded-1 border pr-2 pl-1.5 align-middle font-medium text-12 leading-none',
        BADGE_TONES[tone],
      )}
    >
      {icon === undefined ? null : <Icon className={turning ? 'turn' : undefined} of={icon} size={12} />}
      {children}
    </span>
  );
}

/** The same without a box, for tables whose rows should not shout. */
export function Quiet({ tone = 'plain', icon, turning = false, wraps = false, children }: QuietProps) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5 align-middle', !wraps && 'whitespace-nowrap', TONE_TEXT[tone])}>
      {icon === undefined ? null : <Icon className={turning ? 'turn' : undefined} of={icon} />}
      {children}
    </span>
  );
}
