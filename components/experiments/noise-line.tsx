'use client';
import { Play } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { formatWhen } from '@/components/ui/format';
import { PageLink } from '@/components/ui/page-link';
import { LaunchProblem } from '@/components/workload/launch-foot';
import type { ExperimentPlan, ExperimentResults, ExperimentView, NoiseFloor } from '@/server/api/types';
import { controlOf } from './plan-words';
import { showRange } from './read-results';
import { isExperimentOver } from './use-experiment';
import { useStartExperiment } from './use-start-experiment';

type NoiseLineProps = { record: ExperimentView['record']; results: ExperimentResults };

/** How far this machine alone moves the numbers: where that is known from, or why it is not and what to do. */
export function NoiseLine({ record, results: { isControl, noiseFloor, noiseNote } }: NoiseLineProps) {
  return (
    <div className="border-line border-b px-3 py-2.5 text-12 text-fg-2 md:px-4">
      {isControl ? (
        <p>
          A control: its intervals are how far this machine alone moves the numbers. They calibrate experiments with the same
          base, workload and machine.
        </p>
      ) : noiseFloor !== null ? (
        <Known floor={noiseFloor} here={record.importedFrom === null} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="min-w-[240px] flex-1">{noiseNote}</p>
          {record.importedFrom === null && isExperimentOver(record.state) ? <RunControl plan={record.plan} /> : null}
        </div>
      )}
    </div>
  );
}

function Known({ floor, here }: { floor: NoiseFloor; here: boolean }) {
  const bands = floor.cells.filter(({ metric }) => metric === 'p50');
  return (
    <p>
      Noise floor, shaded: baseline against itself in{' '}
      {here ? (
        <PageLink className="mono text-accent hover:underline" href={`/experiments/${floor.experimentId}`}>
          {floor.experimentId}
        </PageLink>
      ) : (
        <span className="mono">{floor.experimentId}</span>
      )}
      , {formatWhen(floor.measuredAt)}: p50{' '}
      {bands.map(({ scenario, workload, band, n }, index) => (
        <span key={`${scenario} ${JSON.stringify(workload)}`}>
          {index === 0 ? '' : ', '}
          {showRange(band)} with <span className="mono">{scenario}</span> ({n} pairs)
        </span>
      ))}
      . A median inside it is no difference shown.
    </p>
  );
}

function RunControl({ plan }: { plan: ExperimentPlan }) {
  const { start, starting, error } = useStartExperiment();
  const control = controlOf(plan);
  return (
    <>
      <Button disabled={starting} icon={Play} iconFilled onClick={() => start(control)} size="small">
        {starting ? 'Starting' : 'Run the A/A control for this plan'}
      </Button>
      {error === null ? null : (
        <div className="basis-full">
          <LaunchProblem error={error} insistWord="Start anyway" onInsist={() => start({ ...control, insist: true })} />
        </div>
      )}
    </>
  );
}
