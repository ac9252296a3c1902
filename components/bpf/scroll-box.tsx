import type { ReactNode } from 'react';

type ScrollBoxProps = { label: string; children: ReactNode; className?: string };

/** A named region that scrolls by itself, by keyboard too (relative: what is hidden inside must not stick out). */
export function ScrollBox({ label, children, className = '' }: ScrollBoxProps) {
  return (
    <section
      aria-label={label}
      className={`relative min-w-0 overflow-auto rounded-2 border border-line ${className}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
      tabIndex={0}
    >
      {children}
    </section>
  );
}
