'use client';
import clsx from 'clsx';
import { useId } from 'react';
import { ClusterPicture } from '@/components/scenarios/cluster-picture';
import { Checkbox } from '@/components/ui/checkbox';
import type { Scenario } from '@/server/api/types';

type ScenarioChoiceProps = {
  scenarios: readonly Scenario[];
  chosen: readonly string[];
  error?: string;
  onChange: (names: string[]) => void;
};

/** Any number of scenarios; they keep the order of the list, smallest clusters first. */
export function ScenarioChoice({ scenarios, chosen, error, onChange }: ScenarioChoiceProps) {
  const note = useId();
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name];
    onChange(scenarios.map((scenario) => scenario.name).filter((each) => next.includes(each)));
  };
  return (
    <fieldset aria-describedby={error === undefined ? undefined : note} className="min-w-0">
      <legend className="mb-1.5 text-12 text-fg-2">Scenarios</legend>
      <div className="grid grid-cols-2 gap-2 md:grid-cols-[repeat(auto-fill,minmax(168px,1fr))]">
        {scenarios.map((scenario) => {
          const on = chosen.includes(scenario.name);
          return (
            // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox is inside, as a component.
            <label
              className={clsx(
                'flex min-w-0 items-center gap-2.5 rounded-2 border px-2.5 py-1.5',
                on ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface-2 hover:border-control',
              )}
              key={scenario.name}
            >
              <Checkbox checked={on} label={scenario.name} onChange={() => toggle(scenario.name)} />
              <span className="min-w-0">
                <span className="mono block truncate font-semibold text-13">{scenario.name}</span>
                <span className="block text-12 text-fg-2">N = {scenario.replicas.length}</span>
              </span>
              <span className="ml-auto hidden origin-right scale-75 md:block">
                <ClusterPicture colour={on ? 'var(--accent)' : 'var(--text-3)'} replicas={scenario.replicas.length} />
              </span>
            </label>
          );
        })}
      </div>
      {error === undefined ? null : (
        <p className="mt-1.5 text-12 text-bad" id={note}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
