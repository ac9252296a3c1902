'use client';
import clsx from 'clsx';
import { type ReactNode, useId } from 'react';

type SegmentedProps<T extends string> = {
  /** Names the group for screen readers. */
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
  size?: 'normal' | 'small';
  className?: string;
};

/** One of a few, all visible. Native radio buttons underneath: arrow keys move the choice. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  size = 'normal',
  className,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset
      aria-label={label}
      className={clsx('relative flex min-w-0 gap-0.5 rounded-2 border border-control bg-input p-0.5', className)}
    >
      {options.map((option) => (
        <label
          className={clsx(
            'relative flex flex-1 items-center justify-center whitespace-nowrap rounded-1 font-medium text-12 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2',
            size === 'small' ? 'h-7 px-2 md:h-5' : 'h-[34px] px-2.5 md:h-[26px]',
            option.value === value ? 'bg-surface-3 text-fg ring-1 ring-line-strong ring-inset' : 'text-fg-2 hover:text-fg',
          )}
          key={option.value}
        >
          <input
            checked={option.value === value}
            className="absolute inset-0 size-full cursor-[inherit] appearance-none opacity-0"
            name={name}
            onChange={() => onChange(option.value)}
            type="radio"
            value={option.value}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
