import clsx from 'clsx';
import type { ReactNode } from 'react';

type CardProps = { children: ReactNode; className?: string; label?: string; tone?: 'plain' | 'bad' };

/** A box with thin lines. With `label` it is a named region. */
export function Card({ children, className, label, tone = 'plain' }: CardProps) {
  return (
    <section
      aria-label={label}
      className={clsx('min-w-0 rounded-3 border bg-surface', tone === 'bad' ? 'border-bad-line' : 'border-line', className)}
    >
      {children}
    </section>
  );
}

type CardHeadProps = {
  title: ReactNode;
  /** Quiet words beside the title. */
  context?: ReactNode;
  actions?: ReactNode;
  /** Without a line below. */
  plain?: boolean;
};

export function CardHead({ title, context, actions, plain = false }: CardHeadProps) {
  return (
    <header
      className={clsx(
        'flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2.5 md:px-4',
        plain ? 'pb-0' : 'border-line border-b',
      )}
    >
      <h2>{title}</h2>
      {context === undefined ? null : <span className="text-12 text-fg-3">{context}</span>}
      {actions === undefined ? null : <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </header>
  );
}

export function CardBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={clsx('p-3 md:p-4', className)}>{children}</div>;
}

/** The foot says how to read what stands above it. */
export function CardFoot({ children, className }: { children: ReactNode; className?: string }) {
  return <footer className={clsx('border-line border-t px-3 py-2.5 text-12 text-fg-3 md:px-4', className)}>{children}</footer>;
}
