'use client';
import clsx from 'clsx';
import { Check } from 'lucide-react';
import { useId } from 'react';
import { Icon } from '@/components/ui/icon';
import type { Scenario } from '@/server/api/types';
import { type VariantChoice, variantChoices, variantFacts } from './variant-facts';
import { VariantMark } from './variant-mark';

type VariantPickerProps = {
  scenario: Scenario;
  catalogue: readonly Scenario[];
  chosen: string;
  onChoose: (name: string) => void;
};

/** Which offloads are on. What this scenario cannot do is hatched, with the reason on the page. */
export function VariantPicker({ scenario, catalogue, chosen, onChoose }: VariantPickerProps) {
  const group = useId();
  const choices = variantChoices(scenario, catalogue);
  const reasons = [...new Set(choices.flatMap((choice) => choice.reason ?? []))];
  const variant = scenario.variants.find(({ name }) => name === chosen);
  return (
    <>
      <div className="mt-[18px] mb-2 flex flex-wrap items-baseline gap-x-2">
        <h3>Variant</h3>
        <span className="text-12 text-fg-3">how the leader broadcasts, and which steps run in the kernel</span>
      </div>
      <fieldset aria-label="Variant" className="grid min-w-0 gap-1.5 md:grid-cols-[repeat(auto-fit,minmax(220px,1fr))]">
        {choices.map((choice) => (
          <Choice
            choice={choice}
            chosen={choice.name === chosen}
            group={group}
            how={choice.variant === null ? choice.title : variantFacts(choice.variant, scenario.replicas.length).how}
            key={choice.name}
            onChoose={() => onChoose(choice.name)}
          />
        ))}
      </fieldset>
      {reasons.map((reason) => (
        <p className="mt-2 flex gap-2 text-12 text-fg-2" key={reason}>
          <span
            aria-hidden="true"
            className="hatch mt-[3px] size-3.5 shrink-0 rounded-[3px] border border-line-strong border-dashed"
          />
          Not possible: {reason}.
        </p>
      ))}
      {variant === undefined ? null : <Facts facts={variantFacts(variant, scenario.replicas.length)} />}
    </>
  );
}

type ChoiceProps = { choice: VariantChoice; chosen: boolean; group: string; how: string; onChoose: () => void };

function Choice({ choice, chosen, group, how, onChoose }: ChoiceProps) {
  const possible = choice.variant !== null;
  return (
    <label
      className={clsx(
        'relative flex min-h-[50px] min-w-0 items-center gap-2.5 rounded-2 border px-[11px] py-1.5 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-focus has-[:focus-visible]:outline-offset-2',
        !possible && 'hatch border-line-strong border-dashed',
        possible && chosen && 'border-accent bg-accent-soft ring-1 ring-accent ring-inset',
        possible && !chosen && 'border-line-strong bg-surface-2 hover:border-control',
      )}
    >
      <input
        checked={chosen && possible}
        className="absolute inset-0 size-full cursor-[inherit] appearance-none opacity-0"
        disabled={!possible}
        name={group}
        onChange={onChoose}
        type="radio"
        value={choice.name}
      />
      {possible ? <VariantMark variant={choice.name} /> : null}
      <span className={clsx('flex min-w-0 flex-col', !possible && 'rounded-[3px] bg-surface px-1.5')}>
        <span className={clsx('truncate font-medium font-mono text-12', chosen && possible ? 'text-fg' : 'text-fg-2')}>
          {choice.name}
        </span>
        <span className={clsx('truncate text-11', chosen ? 'text-fg-2' : 'text-fg-3')}>
          {possible ? how : 'not possible, see note'}
        </span>
      </span>
      {chosen && possible ? <Icon className="ml-auto text-accent" of={Check} /> : null}
    </label>
  );
}

function Facts({ facts }: { facts: ReturnType<typeof variantFacts> }) {
  const rows = [
    ['Saves', facts.saves],
    ['Needs', facts.needs],
    ['Is proven by', facts.provenBy],
  ] as const;
  return (
    <dl className="mt-4 grid gap-3 border-line border-t pt-3.5 text-12 md:grid-cols-3">
      {rows.map(([key, value]) => (
        <div className="flex flex-col gap-0.5" key={key}>
          <dt className="text-fg-3">{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
