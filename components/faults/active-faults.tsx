'use client';
import { Clock, Zap } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useNow } from '@/components/ui/use-now';
import type { RunView } from '@/server/api/types';
import { activeFaults } from './afflictions';
import { windowStart } from './fault-marks';
import { FaultProblem } from './fault-problem';
import { sayLeft, sayOrigin, sayPlanned } from './fault-words';
import { useEndFault } from './use-inject';

/** Faults in force with the time they have left, and those that the plan still holds. */
export function ActiveFaults({ run, canEnd }: { run: RunView; canEnd: boolean }) {
  const { end, ending, failure } = useEndFault(run.config.id);
  const active = activeFaults(run.faults);
  const now = useNow(active.length > 0 || run.config.faults.length > 0 ? 200 : null);
  const begin = windowStart(run);
  const ahead = run.config.faults.filter(({ atSeconds }) => begin === null || begin + atSeconds * 1000 > now);
  if (active.length === 0 && ahead.length === 0) return <p className="mt-3 text-12 text-fg-3">No fault is in force.</p>;
  return (
    <>
      <ul aria-label="Faults in force and planned" className="mt-3 flex flex-col gap-1.5">
        {active.map((fault) => (
          <li
            className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 rounded-2 border border-warn-line bg-warn-soft px-3 py-1"
            key={fault.id}
          >
            <span className="flex min-w-0 items-center gap-2 text-warn">
              <Icon of={Zap} />
              <span className="min-w-0 font-medium">{fault.title}</span>
            </span>
            <span className="text-12 text-fg-2">
              {sayOrigin(fault)}, {sayLeft(fault, now)}
              {fault.problem === null ? '' : `; not wholly: ${fault.problem}`}
            </span>
            {canEnd ? (
              <Button
                aria-label={`End now: ${fault.title}`}
                className="ml-auto"
                disabled={ending === fault.id}
                onClick={() => end(fault.id)}
                size="small"
              >
                {ending === fault.id ? 'Ending' : 'End now'}
              </Button>
            ) : null}
          </li>
        ))}
        {ahead.map((planned) => (
          <li className="flex items-center gap-2 px-3 text-12 text-fg-2" key={sayPlanned(planned)}>
            <Icon className="text-fg-3" of={Clock} />
            planned: {sayPlanned(planned)}
          </li>
        ))}
      </ul>
      {failure === null ? null : <FaultProblem failure={failure} />}
    </>
  );
}
