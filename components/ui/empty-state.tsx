import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon';

type EmptyStateProps = {
  icon: LucideIcon;
  title: string;
  /** What to do first, or which filter hides everything. */
  children?: ReactNode;
  action?: ReactNode;
  tone?: 'quiet' | 'accent' | 'bad';
};

const RINGS = { quiet: 'border-control text-fg-3', accent: 'border-accent text-accent', bad: 'border-bad text-bad' } as const;

/** Nothing here, why, and what comes next. */
export function EmptyState({ icon, title, children, action, tone = 'quiet' }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-4 py-8 text-center">
      <span className={clsx('mb-1.5 flex size-[30px] items-center justify-center rounded-full border', RINGS[tone])}>
        <Icon of={icon} />
      </span>
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="max-w-[60ch] text-12 text-fg-2">{children}</div>}
      {action === undefined ? null : <div className="mt-2.5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
