'use client';
import { useCallback, useMemo } from 'react';
import { CrosshairGroup } from '@/components/pictures/crosshair';
import { PictureView } from '@/components/pictures/picture-view';
import { Card, CardBody, CardFoot, CardHead } from '@/components/ui/card';
import { formatPlural } from '@/components/ui/format';
import { drawEcdf } from '@/pictures/ecdf-plot';
import { drawPercentiles } from '@/pictures/percentile-plot';
import type { RunsComparison } from '@/server/api/types';
import { manyPanels, type Panel } from './many-lines';

/** More pictures than a reader compares; the tables hold the rest. */
const PANELS_MOST = 6;

/** Both distributions for each scenario and workload, its runs over each other, with one crosshair. */
export function ManyPictures({ comparison }: { comparison: RunsComparison }) {
  const panels = useMemo(() => manyPanels(comparison), [comparison]);
  const shown = panels.slice(0, PANELS_MOST);
  const left = panels.length - shown.length;
  return (
    <>
      {shown.map((panel) => (
        <PanelCard key={`${panel.scenario} ${panel.workload}`} panel={panel} />
      ))}
      {left === 0 ? null : (
        <p className="text-12 text-fg-2">
          {formatPlural(left, 'more scenario and workload is', 'more scenarios and workloads are')} not drawn; the tables hold
          their figures. Compare fewer at once to see them.
        </p>
      )}
    </>
  );
}

const READING = {
  runs: 'A line per run, those that do not count among them.',
  variants: 'The median run of each variant, over the valid ones; faint around it their lowest and highest.',
} as const satisfies Record<Panel['kind'], string>;

function PanelCard({ panel: { scenario, workload, kind, percentiles, ecdf } }: { panel: Panel }) {
  const drawByPercentile = useCallback((width: number) => drawPercentiles(percentiles, { width }), [percentiles]);
  const drawShares = useCallback((width: number) => drawEcdf(ecdf, { width }), [ecdf]);
  return (
    <Card label={`Distributions, ${scenario}, ${workload}`}>
      <CardHead context={workload} title={<span className="mono">{scenario}</span>} />
      <CardBody>
        <CrosshairGroup lines={ecdf.lines}>
          <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2 [&>*]:min-w-0">
            <div>
              <h3 className="mb-1">By percentile</h3>
              <PictureView draw={drawByPercentile} latencyAxis="y" name={`${scenario} by percentile, ${workload}`} />
            </div>
            <div>
              <h3 className="mb-1">Share of requests (ECDF)</h3>
              <PictureView draw={drawShares} latencyAxis="x" name={`${scenario} ECDF, ${workload}`} />
            </div>
          </div>
        </CrosshairGroup>
      </CardBody>
      <CardFoot>{READING[kind]}</CardFoot>
    </Card>
  );
}
