'use client';
import { ZoomIn } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { faultMarks, type Marked } from '@/components/faults/fault-marks';
import { variantColour } from '@/components/scenarios/variant-mark';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { loadAgain } from '@/components/ui/load-again';
import { Drawing } from '@/components/ui/skeleton';
import type { LatencyPoint, RunConfig } from '@/server/api/types';

/** The charting library weighs more than the rest of the page: it comes when somebody wants to zoom. */
const ExploreChart = dynamic(
  () => loadAgain(() => import('@/components/charts/explore-chart')).then((module) => module.ExploreChart),
  { ssr: false, loading: () => <Drawing height={420} /> },
);

/** A larger chart with more percentiles and a choice of time, as the windows stood when it was opened. */
export function ExploreLatency({ config, points, looks }: { config: RunConfig; points: LatencyPoint[]; looks: Marked }) {
  const [kept, keep] = useState<LatencyPoint[] | null>(null);
  const title = `Latency of ${config.id} by window`;
  return (
    <>
      <Button icon={ZoomIn} kind="ghost" onClick={() => keep(points)} size="small">
        Zoom
      </Button>
      <Dialog onClose={() => keep(null)} open={kept !== null} title={title} wide>
        {kept === null ? null : (
          <ExploreChart
            colour={variantColour(config.variant.name)}
            faults={faultMarks(looks, endOf(kept)).spans}
            label={title}
            points={kept}
          />
        )}
      </Dialog>
    </>
  );
}

function endOf(points: readonly LatencyPoint[]): number {
  const last = points.at(-1);
  return last === undefined ? 0 : last.startMs + last.widthMs;
}
