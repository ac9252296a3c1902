'use client';
import { EcdfChart } from '@/components/charts/ecdf-chart';
import { LatencyChart, latencyRange } from '@/components/charts/latency-chart';
import { PercentileChart } from '@/components/charts/percentile-chart';
import { type Range, unionOf } from '@/components/charts/scale';
import { VariantTag, variantColour } from '@/components/scenarios/variant-mark';
import { Card, CardBody, CardHead } from '@/components/ui/card';
import { formatCount, formatDuration } from '@/components/ui/format';
import type { Comparison, LatencyPoint, RunView } from '@/server/api/types';

/** Side by side on relative time and one scale; then both on one axis. */
export function ComparisonCharts({ comparison }: { comparison: Comparison }) {
  const { a, b, points } = comparison;
  const range = unionOf(latencyRange(points.a), latencyRange(points.b));
  const domainMs = { min: 0, max: Math.max(endOf(points.a), endOf(points.b), 1000) };
  const sides = distinct(a, b);
  const n = `n = ${formatCount(a.latency?.n ?? 0)} and ${formatCount(b.latency?.n ?? 0)}`;
  return (
    <>
      <div className="grid gap-3 md:gap-4 lg:grid-cols-2 [&>*]:min-w-0">
        <Side domainMs={domainMs} place="left" points={points.a} range={range} run={a} />
        <Side domainMs={domainMs} place="right" points={points.b} range={range} run={b} />
      </div>
      <div className="grid gap-3 md:gap-4 lg:grid-cols-2 [&>*]:min-w-0">
        <Card label="By percentile">
          <CardHead context={n} title="By percentile" />
          <CardBody>
            <PercentileChart a={sides.a} b={sides.b} rows={comparison.percentiles} />
          </CardBody>
        </Card>
        <Card label="Share of requests">
          <CardHead context={n} title="Share of requests (ECDF)" />
          <CardBody>
            <EcdfChart a={{ ...sides.a, points: comparison.ecdf.a }} b={{ ...sides.b, points: comparison.ecdf.b }} />
          </CardBody>
        </Card>
      </div>
    </>
  );
}

type SideProps = {
  place: 'left' | 'right';
  run: RunView;
  points: LatencyPoint[];
  domainMs: { min: number; max: number };
  range: Range | null;
};

function Side({ place, run, points, domainMs, range }: SideProps) {
  const width = points[0]?.widthMs;
  const measured = points.filter((point) => point.phase === 'measuring');
  return (
    <Card label={`Latency of ${run.config.id}, ${place}`}>
      <CardHead
        actions={
          <span className="text-12 text-fg-3">
            same scale{width === undefined ? '' : `, ${formatDuration(width)} windows`}, n = {formatCount(run.latency?.n ?? 0)}
          </span>
        }
        context={
          <span className="inline-flex items-center gap-2">
            <VariantTag variant={run.config.variant.name} />
            <span className="mono">{run.config.id}</span>
          </span>
        }
        title="Latency"
      />
      <CardBody>
        <LatencyChart
          color={variantColour(run.config.variant.name)}
          domainMs={domainMs}
          label={`Latency of ${run.config.id}, ${run.config.variant.name}, p50 and p99 per window`}
          observedAtMs={run.observedAtMs}
          points={measured}
          rangeNs={range ?? undefined}
        />
        <p className="text-11 text-fg-3">seconds since measuring began; p50 solid, p99 dashed</p>
      </CardBody>
    </Card>
  );
}

/** Names and colours of the two lines; a variant against itself is told apart by run and lightness. */
function distinct(a: RunView, b: RunView) {
  const same = a.config.variant.name === b.config.variant.name;
  return {
    a: { name: same ? a.config.id : a.config.variant.name, color: same ? 'var(--text)' : variantColour(a.config.variant.name) },
    b: { name: same ? b.config.id : b.config.variant.name, color: variantColour(b.config.variant.name) },
  };
}

function endOf(points: readonly LatencyPoint[]): number {
  const last = points.at(-1);
  return last === undefined ? 0 : last.startMs + last.widthMs;
}
