'use client';
import clsx from 'clsx';
import { ChevronUp } from 'lucide-react';
import { useId } from 'react';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { IconButton } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import type { Scenario } from '@/server/api/types';
import { lacking } from './plan-draft';
import { listWords } from './plan-words';

type VariantOrderProps = {
  /** The chosen ones: their variants are offered. */
  scenarios: readonly Scenario[];
  chosen: readonly string[];
  /** The base runs against itself, alone. */
  control: boolean;
  error?: string;
  onChange: (variants: string[], control: boolean) => void;
};

/** Which variants run, and which of them is the base that ratios divide by: the first. */
export function VariantOrder({ scenarios, chosen, control, error, onChange }: VariantOrderProps) {
  const note = useId();
  const known = [...new Set([...chosen, ...scenarios.flatMap(({ variants }) => variants.map(({ name }) => name))])];
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name], control);
  const first = (name: string) => onChange([name, ...chosen.filter((each) => each !== name)], control);
  return (
    <fieldset aria-describedby={error === undefined ? undefined : note} className="min-w-0">
      <legend className="mb-1.5 text-12 text-fg-2">Variants, the base first</legend>
      <ul className="flex flex-col gap-1.5">
        {known.map((name) => (
          <Row
            base={name === chosen[0]}
            control={control}
            key={name}
            missingIn={lacking(name, scenarios)}
            name={name}
            on={chosen.includes(name)}
            onFirst={() => first(name)}
            onToggle={() => toggle(name)}
          />
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside, as a component. */}
      <label className="mt-2.5 flex items-start gap-2">
        <Checkbox
          checked={control}
          className="mt-[2px]"
          label="Run the base against itself (A/A control)"
          onChange={() => onChange([...chosen], !control)}
        />
        <span>
          Run the base against itself
          <span className="block text-12 text-fg-3">An A/A control: how far this machine alone moves the numbers.</span>
        </span>
      </label>
      {error === undefined ? null : (
        <p className="mt-1.5 text-12 text-bad" id={note}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

type RowProps = {
  name: string;
  on: boolean;
  base: boolean;
  control: boolean;
  missingIn: readonly string[];
  onToggle: () => void;
  onFirst: () => void;
};

function Row({ name, on, base, control, missingIn, onToggle, onFirst }: RowProps) {
  const impossible = missingIn.length > 0;
  const rests = control && !base;
  return (
    <li
      className={clsx(
        'flex min-h-9 flex-wrap items-center gap-x-2.5 gap-y-0.5 rounded-2 border px-2.5 py-1',
        on && !rests ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface-2',
        impossible && 'hatch border-dashed',
      )}
    >
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside, as a component. */}
      <label className="flex grow items-center gap-2.5">
        <Checkbox checked={on} disabled={(impossible && !on) || rests} label={name} onChange={onToggle} />
        <VariantTag variant={name} />
        {base ? (
          <span className="text-12 text-fg-2">{control ? 'both sides, A and B' : 'base, ratios divide by it'}</span>
        ) : null}
        {rests && on ? <span className="text-12 text-fg-3">not in a control</span> : null}
      </label>
      {on && !base && !rests ? <IconButton icon={ChevronUp} label={`Make ${name} the base`} onClick={onFirst} /> : null}
      {impossible ? <span className="text-12 text-fg-2">not in {listWords(missingIn)}</span> : null}
    </li>
  );
}
