import type { ReactNode } from 'react';

type SectionProps = {
  title: ReactNode;
  /** Where it was read and how often. */
  context?: ReactNode;
  end?: ReactNode;
  id?: string;
  children: ReactNode;
};

/** One part of the inspector: a head as wide as what stands below it. */
export function Section({ title, context, end, id, children }: SectionProps) {
  return (
    <section className="min-w-0 scroll-mt-16" id={id}>
      <div className="mb-2 flex min-h-[26px] flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2>{title}</h2>
        {context === undefined ? null : <span className="min-w-0 text-12 text-fg-3">{context}</span>}
        {end === undefined ? null : <div className="flex flex-wrap items-center gap-2 md:ml-auto">{end}</div>}
      </div>
      {children}
    </section>
  );
}

/** The thin box that tables and pictures stand in. */
export function Box({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`min-w-0 rounded-2 border border-line ${className}`}>{children}</div>;
}
