import { TriangleAlert } from 'lucide-react';
import type { Failure } from '@/components/ui/failed-state';
import { Icon } from '@/components/ui/icon';

/** Why a fault could not be injected or ended, and what to do. */
export function FaultProblem({ failure }: { failure: Failure }) {
  return (
    <div className="mt-3 rounded-2 border border-bad-line bg-bad-soft px-3 py-2 text-12" role="alert">
      <p className="flex gap-2 text-bad">
        <Icon className="mt-[2px]" of={TriangleAlert} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{failure.message}</span>
      </p>
      {failure.remedy === null ? null : <p className="mt-1 pl-[22px] text-fg-2">{failure.remedy}</p>}
    </div>
  );
}
