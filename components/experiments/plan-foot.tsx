'use client';
import { Play } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { LaunchProblem } from '@/components/workload/launch-foot';
import type { ExperimentPlan } from '@/server/api/types';
import { usePlanEstimate } from './use-plan-estimate';

type PlanFootProps = {
  /** Null while a field has to be mended first. */
  plan: ExperimentPlan | null;
  starting: boolean;
  /** What the last start came to, unless a field of the form already says it. */
  error: unknown;
  onStart: () => void;
  onInsist: () => void;
};

/** What the plan costs, and the way to start it. */
export function PlanFoot({ plan, starting, error, onStart, onInsist }: PlanFootProps) {
  const estimate = usePlanEstimate();
  return (
    <footer className="flex flex-col gap-2.5 border-line border-t p-3 md:px-4 md:py-3.5">
      {error === null ? null : <LaunchProblem error={error} insistWord="Start anyway" onInsist={onInsist} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button disabled={plan === null || starting} icon={Play} iconFilled kind="primary" onClick={onStart}>
          {starting ? 'Starting' : 'Start the experiment'}
        </Button>
        <p aria-live="polite" className="text-fg-2">
          {plan === null ? 'Mend the marked fields first.' : estimate(plan)}
        </p>
      </div>
    </footer>
  );
}
