'use client';
import { Play } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { LaunchProblem } from '@/components/workload/launch-foot';
import type { Preset } from '@/server/api/types';
import { Contest } from './contest';
import { usePlanEstimate } from './use-plan-estimate';
import { useStartExperiment } from './use-start-experiment';

type PresetCardsProps = {
  presets: readonly Preset[];
  /** While the form is open, the filled button is the form's. */
  quiet: boolean;
  onChange: (preset: Preset) => void;
};

/** Plans that are one click away; each says what it costs first. */
export function PresetCards({ presets, quiet, onChange }: PresetCardsProps) {
  return (
    <ul className="grid divide-line max-lg:divide-y lg:grid-cols-3 lg:divide-x">
      {presets.map((preset, index) => (
        <PresetCard key={preset.name} onChange={onChange} preset={preset} primary={index === 0 && !quiet} />
      ))}
    </ul>
  );
}

type PresetCardProps = { preset: Preset; primary: boolean; onChange: (preset: Preset) => void };

function PresetCard({ preset, primary, onChange }: PresetCardProps) {
  const { start, starting, error } = useStartExperiment();
  const estimate = usePlanEstimate();
  const { plan, title, explains } = preset;
  return (
    <li className="flex min-w-0 flex-col gap-1 p-3 md:p-4">
      <h3 className="text-14">{title}</h3>
      <p className="text-fg-2">{explains}</p>
      <p className="mono mt-1.5 text-12 text-fg-2">{plan.scenarios.join(', ')}</p>
      <Contest variants={plan.variants} />
      <div className="mt-auto flex flex-col gap-2.5 pt-3">
        {error === null ? null : (
          <LaunchProblem error={error} insistWord="Start anyway" onInsist={() => start({ ...plan, insist: true })} />
        )}
        <div className="flex flex-wrap items-center gap-2">
          <Button
            aria-label={`Start: ${title}`}
            disabled={starting}
            icon={Play}
            iconFilled
            kind={primary ? 'primary' : 'plain'}
            onClick={() => start(plan)}
          >
            {starting ? 'Starting' : 'Start'}
          </Button>
          <Button aria-label={`Change first: ${title}`} kind="ghost" onClick={() => onChange(preset)}>
            Change first
          </Button>
          <span className="ml-auto text-12 text-fg-2">{estimate(plan)}</span>
        </div>
      </div>
    </li>
  );
}
