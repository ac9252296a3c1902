import clsx from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

type TableProps = {
  /** Names the table. */
  label: string;
  head: ReactNode;
  children: ReactNode;
  className?: string;
};

/** A full-width table; it alone scrolls sideways, never the page (relative: what is hidden inside must not stick out). */
export function Table({ label, head, children, className }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
    <div className={clsx('-outline-offset-2 relative overflow-x-auto', className)} tabIndex={0}>
      <table aria-label={label} className="w-full border-collapse">
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

type CellProps = {
  /** Right-aligned, as numbers are. */
  numeric?: boolean;
};

export function Th({ numeric = false, className, ...rest }: CellProps & ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={clsx(
        'h-8 whitespace-nowrap border-line border-b px-2.5 font-medium text-12 text-fg-3 first:pl-4 last:pr-4',
        numeric ? 'text-right' : 'text-left',
        className,
      )}
    />
  );
}

export function Td({ numeric = false, className, ...rest }: CellProps & ComponentProps<'td'>) {
  return (
    <td
      {...rest}
      className={clsx('whitespace-nowrap px-2.5 first:pl-4 last:pr-4', numeric ? 'text-right' : 'text-left', className)}
    />
  );
}

type TrProps = ComponentProps<'tr'> & { tone?: 'plain' | 'selected' | 'bad'; dense?: boolean };

export function Tr({ tone = 'plain', dense = false, className, ...rest }: TrProps) {
  return (
    <tr
      {...rest}
      className={clsx(
        'border-line border-b last:border-b-0',
        dense ? 'h-7' : 'h-9',
        { plain: '', selected: 'bg-accent-soft', bad: 'bg-bad-soft' }[tone],
        className,
      )}
    />
  );
}
