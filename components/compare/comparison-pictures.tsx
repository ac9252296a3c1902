'use client';
import { useCallback, useMemo } from 'react';
import { CrosshairGroup } from '@/components/pictures/crosshair';
import { PictureView } from '@/components/pictures/picture-view';
import { VariantTag } from '@/components/scenarios/variant-mark';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { formatCount, formatDuration } from '@/components/ui/format';
import type { OverTime } from '@/pictures/data';
import { drawEcdf } from '@/pictures/ecdf-plot';
import { drawDifference } from '@/pictures/latency-difference';
import { drawOverTime } from '@/pictures/latency-over-time';
import { drawPercentiles } from '@/pictures/percentile-plot';
import type { Comparison, RunView } from '@/server/api/types';
import { differenceLine, ecdfLines, overTime, percentileLines } from './pair-lines';

/** Side by side on relative time and one scale, then as a difference; then both on one axis with one crosshair. */
export function ComparisonPictures({ comparison }: { comparison: Comparison }) {
  const { a, b } = comparison;
  const time = useMemo(() => overTime(comparison), [comparison]);
  const ecdf = useMemo(() => ecdfLines(comparison), [comparison]);
  const percentiles = useMemo(() => percentileLines(comparison), [comparison]);
  const drawByPercentile = useCallback((width: number) => drawPercentiles(percentiles, { width }), [percentiles]);
  const drawShares = useCallback((width: number) => drawEcdf(ecdf, { width }), [ecdf]);
  const name = `${a.config.id}-${b.config.id}`;
  const n = `n = ${formatCount(a.latency?.n ?? 0)} and ${formatCount(b.latency?.n ?? 0)}`;
  return (
    <>
      <div className="grid gap-3 md:gap-4 lg:grid-cols-2 [&>*]:min-w-0">
        <Side data={time.a} place="left" run={a} />
        <Side data={time.b} place="right" run={b} />
      </div>
      <DifferenceCard comparison={comparison} name={`${name} difference`} />
      <CrosshairGroup lines={ecdf.lines}>
        <div className="grid gap-3 md:gap-4 lg:grid-cols-2 [&>*]:min-w-0">
          <Card label="By percentile">
            <CardHead context={n} title="By percentile" />
            <CardBody>
              <PictureView draw={drawByPercentile} latencyAxis="y" name={`${name} by percentile`} />
            </CardBody>
          </Card>
          <Card label="Share of requests">
            <CardHead context={n} title="Share of requests (ECDF)" />
            <CardBody>
              <PictureView draw={drawShares} latencyAxis="x" name={`${name} ECDF`} />
            </CardBody>
          </Card>
        </div>
      </CrosshairGroup>
    </>
  );
}

function Side({ place, run, data }: { place: 'left' | 'right'; run: RunView; data: OverTime }) {
  const width = data.points[0]?.widthMs;
  const { config } = run;
  const draw = useCallback((sheet: number) => drawOverTime(data, { width: sheet }), [data]);
  return (
    <Card label={`Latency of ${config.id}, ${place}`}>
      <CardHead
        actions={
          <span className="text-12 text-fg-3">
            same scale{width === undefined ? '' : `, ${formatDuration(width)} windows`}, n = {formatCount(run.latency?.n ?? 0)}
          </span>
        }
        context={
          <span className="inline-flex items-center gap-2">
            <VariantTag variant={config.variant.name} />
            <span className="mono">{config.id}</span>
          </span>
        }
        title="Latency"
      />
      <CardBody>
        <PictureView draw={draw} name={`${config.id} latency over time, ${place}`} />
      </CardBody>
    </Card>
  );
}

/** An invalid pair has no difference, and no room for one. */
function DifferenceCard({ comparison, name }: { comparison: Comparison; name: string }) {
  const data = useMemo(() => differenceLine(comparison), [comparison]);
  const draw = useCallback((width: number) => drawDifference(data, { width }), [data]);
  const [first] = comparison.difference;
  if (first === undefined) return null;
  return (
    <Card label="Difference over time">
      <CardHead
        context={`p50 of ${data.variant.label} less p50 of ${data.base.label}, ${formatDuration(first.widthMs)} windows of relative time`}
        title="Difference over time"
      />
      <CardBody>
        <PictureView draw={draw} name={name} />
      </CardBody>
    </Card>
  );
}
