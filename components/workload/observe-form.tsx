'use client';
import { useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import type { Observe } from '@/server/api/types';

type ObserveFormProps = { observe: Observe; onChange: (observe: Observe) => void };

/** What may look into the cluster inside the measured window. Off unless asked for: looking changes what it looks at. */
export function ObserveForm({ observe, onChange }: ObserveFormProps) {
  return (
    <fieldset className="mt-3.5 flex flex-col gap-2 border-line border-t pt-3">
      <legend className="float-left mb-2 w-full text-12 text-fg-2">Observe</legend>
      <Choice
        checked={observe.bpfStatistics}
        hint="about 20 ns per program run"
        label="eBPF run statistics in the measured window"
        onChange={(bpfStatistics) => onChange({ ...observe, bpfStatistics })}
      />
      <Choice
        checked={observe.trace}
        hint="replicas and client write down where they were"
        label="Trace sampled operations"
        onChange={(trace) => onChange({ ...observe, trace })}
      />
    </fieldset>
  );
}

type ChoiceProps = { label: string; hint: string; checked: boolean; onChange: (checked: boolean) => void };

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="clear-both flex gap-2">
      <Checkbox
        aria-describedby={`${id}-hint`}
        checked={checked}
        className="mt-0.5"
        id={id}
        label={label}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="min-w-0 leading-5">
        <label htmlFor={id}>{label}</label>{' '}
        <span className="text-12 text-fg-3" id={`${id}-hint`}>
          ({hint})
        </span>
      </span>
    </div>
  );
}
