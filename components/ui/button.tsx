import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icon';
import { PageLink } from './page-link';

type Look = {
  /** primary: the one filled choice of a page; danger: stops or removes, outlined. */
  kind?: 'plain' | 'primary' | 'ghost' | 'danger';
  size?: 'normal' | 'small';
  icon?: LucideIcon;
  iconFilled?: boolean;
  children?: ReactNode;
};

const KINDS = {
  plain: 'border-line-strong bg-surface-2 text-fg enabled:hover:bg-surface-3',
  primary:
    'border-accent bg-accent font-semibold text-accent-ink enabled:hover:border-accent-hover enabled:hover:bg-accent-hover',
  ghost: 'border-transparent text-fg-2 enabled:hover:bg-surface-3 enabled:hover:text-fg',
  danger: 'border-bad-line bg-bad-soft text-bad enabled:hover:border-bad',
} as const;

function looks({ kind = 'plain', size = 'normal' }: Look, square: boolean): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center gap-[7px] whitespace-nowrap rounded-2 border font-medium leading-none transition-colors duration-(--t-fast) disabled:opacity-55',
    KINDS[kind],
    size === 'small' ? 'h-8 text-12 md:h-[26px]' : 'h-10 text-13 md:h-8',
    square ? (size === 'small' ? 'w-8 md:w-[26px]' : 'w-10 md:w-8') : size === 'small' ? 'px-[9px]' : 'px-3',
  );
}

type ButtonProps = Look & Omit<ComponentProps<'button'>, 'children'>;

export function Button({ kind, size, icon, iconFilled, children, className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} className={clsx(looks({ kind, size }, false), className)} type={type}>
      {icon === undefined ? null : <Icon filled={iconFilled} of={icon} />}
      {children}
    </button>
  );
}

type IconButtonProps = Omit<Look, 'children'> &
  Omit<ComponentProps<'button'>, 'children'> & { label: string; children?: ReactNode };

/** A square button; `label` is its name for screen readers and its tooltip. */
export function IconButton({ kind = 'ghost', size = 'small', icon, label, children, className, ...rest }: IconButtonProps) {
  return (
    <button title={label} {...rest} aria-label={label} className={clsx(looks({ kind, size }, true), className)} type="button">
      {icon === undefined ? children : <Icon of={icon} />}
    </button>
  );
}

type LinkButtonProps = Look & Omit<ComponentProps<typeof PageLink>, 'children'>;

/** Looks like a button, is a link: it has an address. */
export function LinkButton({ kind = 'plain', size, icon, children, className, ...rest }: LinkButtonProps) {
  const hover = { plain: 'hover:bg-surface-3', primary: 'hover:bg-accent-hover', ghost: 'hover:bg-surface-3', danger: '' }[
    kind
  ];
  return (
    <PageLink {...rest} className={clsx(looks({ kind, size }, false), hover, className)}>
      {icon === undefined ? null : <Icon of={icon} />}
      {children}
    </PageLink>
  );
}
