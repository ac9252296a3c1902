import clsx from 'clsx';
import { Check } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Icon } from './icon';

type CheckboxProps = Omit<ComponentProps<'input'>, 'type'> & { label: string };

/** A native checkbox in the kit's clothes; `label` is its name for screen readers. */
export function Checkbox({ label, className, ...rest }: CheckboxProps) {
  return (
    <span className={clsx('relative inline-flex size-4 shrink-0 align-middle', className)}>
      <input
        {...rest}
        aria-label={label}
        className="peer size-4 appearance-none rounded-1 border border-control bg-input checked:border-accent checked:bg-accent disabled:border-line-strong disabled:border-dashed"
        type="checkbox"
      />
      <span className="pointer-events-none absolute inset-0 hidden items-center justify-center text-accent-ink peer-checked:flex">
        <Icon of={Check} size={12} />
      </span>
    </span>
  );
}
