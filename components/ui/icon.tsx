import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';

type IconProps = {
  of: LucideIcon;
  className?: string;
  size?: number;
  /** Filled rather than outlined, as play and stop are. */
  filled?: boolean;
};

/** A mark beside a word; never alone, so it is hidden from screen readers. */
export function Icon({ of: Glyph, className, size = 14, filled = false }: IconProps) {
  return (
    <Glyph aria-hidden="true" className={clsx('shrink-0', filled && 'fill-current', className)} size={size} strokeWidth={2.4} />
  );
}
