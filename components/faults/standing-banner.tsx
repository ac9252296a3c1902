import { CircleX, TriangleAlert } from 'lucide-react';
import { Icon } from '@/components/ui/icon';
import type { RunView } from '@/server/api/types';

/** A cluster that cannot serve says why, and whether it will again. A view change is over sooner than it could be read. */
export function StandingBanner({ standing }: Pick<RunView, 'standing'>) {
  const shown = standing?.state === 'no_quorum' || standing?.state === 'memory_lost' ? standing : null;
  const isFinal = shown?.state === 'memory_lost';
  return (
    <div role="status">
      {shown === null ? null : (
        <p
          className={`flex gap-2 border-b px-3 py-2.5 font-medium md:px-4 ${isFinal ? 'border-bad-line bg-bad-soft text-bad' : 'border-warn-line bg-warn-soft text-warn'}`}
        >
          <Icon className="mt-[3px]" of={isFinal ? CircleX : TriangleAlert} />
          <span className="min-w-0">{shown.sentence}</span>
        </p>
      )}
    </div>
  );
}
