'use client';
import clsx from 'clsx';

type FilterSelectProps = {
  label: string;
  /** What stands there while nothing is narrowed: `any variant`. */
  any: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
};

/** A filter in a bar: the browser's own list, outlined while it narrows. A value nobody offers (any more) stays visible. */
export function FilterSelect({ label, any, value, options, onChange }: FilterSelectProps) {
  const unknown = value !== '' && !options.some((option) => option.value === value);
  return (
    <select
      aria-label={label}
      className={clsx(
        'h-8 min-w-0 max-w-full rounded-2 border bg-input px-1.5 text-12 md:h-[26px] md:w-[126px]',
        value === '' ? 'border-control text-fg-2' : 'border-accent font-medium text-fg',
      )}
      onChange={(event) => onChange(event.target.value)}
      value={value}
    >
      <option value="">{any}</option>
      {unknown ? <option value={value}>{value}</option> : null}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
