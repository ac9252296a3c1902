'use client';
import clsx from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

type FieldProps = {
  label: string;
  /** Quiet words under the control, replaced by `error`. */
  hint?: ReactNode;
  /** Why the value cannot be used: value, bound and remedy. */
  error?: string;
  className?: string;
  /** Ids to put on the control: `id` and, if present, `describedBy`. */
  children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ReactNode;
};

/** Label, control, and what is wrong with it, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  const noteId = note === undefined ? undefined : `${id}-note`;
  return (
    <div className={clsx('flex min-w-0 flex-col gap-[5px]', className)}>
      <label className="text-12 text-fg-2" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: noteId, invalid: error !== undefined })}
      {note === undefined ? null : (
        <p className={clsx('text-12', error === undefined ? 'text-fg-3' : 'text-bad')} id={noteId}>
          {note}
        </p>
      )}
    </div>
  );
}

const BOX =
  'flex min-w-0 items-center gap-2 rounded-2 border bg-input has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2';

type InputBoxProps = Omit<ComponentProps<'input'>, 'size'> & {
  unit?: string;
  invalid?: boolean;
  size?: 'normal' | 'small';
  before?: ReactNode;
};

/** A bordered input with a unit at its end and an optional mark before it. */
export function InputBox({ unit, invalid = false, size = 'normal', before, className, ...rest }: InputBoxProps) {
  return (
    <span
      className={clsx(
        BOX,
        size === 'small' ? 'h-8 px-2 text-12 md:h-[26px]' : 'h-10 px-2.5 md:h-8',
        invalid ? 'border-bad' : 'border-control',
        className,
      )}
    >
      {before}
      <input
        {...rest}
        aria-invalid={invalid || undefined}
        className="w-full min-w-0 bg-transparent text-fg outline-none disabled:text-fg-3"
      />
      {unit === undefined ? null : <span className="text-12 text-fg-3">{unit}</span>}
    </span>
  );
}

type NumberFieldProps = {
  label: string;
  unit?: string;
  /** The text as typed; validation belongs to the form. */
  value: string;
  onChange: (text: string) => void;
  error?: string;
  hint?: ReactNode;
  /** Decimals allowed. */
  decimal?: boolean;
  name?: string;
};

/** A number as text: nothing is swallowed while typing, and the form says what is wrong. */
export function NumberField({ label, unit, value, onChange, error, hint, decimal = false, name }: NumberFieldProps) {
  return (
    <Field error={error} hint={hint} label={label}>
      {({ id, describedBy, invalid }) => (
        <InputBox
          aria-describedby={describedBy}
          autoComplete="off"
          id={id}
          inputMode={decimal ? 'decimal' : 'numeric'}
          invalid={invalid}
          name={name}
          onChange={(event) => onChange(event.target.value)}
          type="text"
          unit={unit}
          value={value}
        />
      )}
    </Field>
  );
}

type SelectFieldProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  onChange: (value: T) => void;
  hint?: ReactNode;
  error?: string;
};

/** The browser's own list in the kit's clothes. */
export function SelectField<T extends string>({ label, value, options, onChange, hint, error }: SelectFieldProps<T>) {
  return (
    <Field error={error} hint={hint} label={label}>
      {({ id, describedBy, invalid }) => (
        <span className={clsx(BOX, 'h-10 md:h-8', invalid ? 'border-bad' : 'border-control')}>
          <select
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            className="h-full w-full min-w-0 rounded-2 bg-input px-2 text-fg outline-none disabled:text-fg-3"
            id={id}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value);
              if (chosen !== undefined) onChange(chosen.value);
            }}
            value={value}
          >
            {options.map((option) => (
              <option disabled={option.disabled} key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  );
}
