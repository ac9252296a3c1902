'use client';
import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useRef } from 'react';
import { useWidth } from '@/components/pictures/use-width';
import { isOver } from '@/components/runs/use-run-view';
import { sourceIdentity } from '@/components/scenarios/replica-tag';
import { trpc } from '@/components/trpc/client';
import { describeFailure } from '@/components/trpc/failure';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FailedState } from '@/components/ui/failed-state';
import { formatDuration } from '@/components/ui/format';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { BpfLife, BpfSeries, RunView } from '@/server/api/types';
import { LivesChart, sayLife } from './lives-chart';
import { reduceSteps, stepsOf } from './program-rates';
import { RateChart, type RateLine, type TimeSpan } from './rate-chart';
import { ALL_REPLICAS } from './replica-list';
import { spanOf } from './run-span';
import { Box, Section } from './section';

const SERIES_EVERY_MS = 3_000;
const POINTS_MOST = 600;

/** Load to unload of each program, and how often and how long it ran, over the whole run. */
export function TimePart({ run, chosen }: { run: RunView; chosen: string }) {
  const { id } = run.config;
  const { data, error, refetch } = useQuery(
    trpc.bpf.series.queryOptions({ id }, { refetchInterval: isOver(run.state) ? false : SERIES_EVERY_MS }),
  );
  if (data === undefined && error !== null) {
    return (
      <FailedState
        action={
          <Button onClick={() => void refetch()} size="small">
            Try again
          </Button>
        }
        failure={describeFailure(error)}
      />
    );
  }
  if (data === undefined) {
    return (
      <Loading className="flex flex-col gap-3" label="Reading the counters of the run">
        <Skeleton height={120} />
        <Skeleton height={150} />
        <Skeleton height={150} />
      </Loading>
    );
  }
  const isWanted = ({ replica }: { replica: string }) => chosen === ALL_REPLICAS || replica === chosen;
  const inOrder = (a: { replica: string }, b: { replica: string }) => placeOf(run, a.replica) - placeOf(run, b.replica);
  const series = data.series.filter(isWanted).sort(inOrder);
  const lives = data.lives.filter(isWanted).sort(inOrder);
  if (series.length === 0 && lives.length === 0) {
    return (
      <EmptyState icon={Activity} title="No look was kept">
        {isOver(run.state)
          ? 'Looks are kept while this tab is open during a run, or from a run launched with “eBPF run statistics in the measured window”.'
          : 'The first look comes as soon as the containers run.'}
      </EmptyState>
    );
  }
  return <Timeline lives={lives} series={series} span={spanOf(run, data.series, data.lives)} />;
}

const placeOf = ({ config }: RunView, replica: string) => config.replicas.findIndex(({ service }) => service === replica);

type TimelineProps = { series: readonly BpfSeries[]; lives: readonly BpfLife[]; span: TimeSpan };

function Timeline({ series, lives, span }: TimelineProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const reduced = series.map((one) => ({ ...one, ...reduceSteps(stepsOf(one), POINTS_MOST) }));
  const looks = Math.max(1, ...reduced.map((one) => one.looks));
  const lineOf = (one: (typeof reduced)[number], at: number): Omit<RateLine, 'points'> => ({
    name: `${one.replica} ${one.name} ${one.programId}`,
    colour: sourceIdentity(one.replica).colour,
    dashed: reduced.findIndex(({ replica }) => replica === one.replica) !== at,
  });
  const runs = reduced.map((one, at) => ({
    ...lineOf(one, at),
    points: one.points.map(({ at: time, runsPerS, runsPerSMost }) => ({ at: time, mean: runsPerS, most: runsPerSMost })),
  }));
  const times = reduced.map((one, at) => ({
    ...lineOf(one, at),
    points: one.points.map(({ at: time, nsPerRun, nsPerRunMost }) => ({ at: time, mean: nsPerRun, most: nsPerRunMost })),
  }));
  const how =
    looks === 1 ? 'each point is one look' : `each point is the mean of ${looks} looks; the dotted line is the highest of them`;
  return (
    <>
      <Section context="seconds since launch; a thick end is an unloading" title="Load to unload">
        <div ref={box}>{width === null ? null : <LivesChart lives={lives.map(coloured)} span={span} width={width} />}</div>
        <details className="mt-1.5 text-12 text-fg-3">
          <summary className="w-fit">In words</summary>
          <ul className="mt-1 list-disc pl-4">
            {span.bands.map((band) => (
              <li key={band.title}>
                {band.title}: from {formatDuration(band.from - span.from)} to {formatDuration(band.to - span.from)}.
              </li>
            ))}
            {span.faults.map((fault) => (
              <li key={`${fault.title} ${fault.from}`}>
                Fault, {fault.title}: from {formatDuration(fault.from - span.from)} to {formatDuration(fault.to - span.from)}.
              </li>
            ))}
            {lives.map((life) => (
              <li key={`${life.replica} ${life.programId}`}>{sayLife(life, span)}.</li>
            ))}
          </ul>
        </details>
      </Section>
      <Section
        context={`over the run, ${how}; a gap was not counted`}
        end={<Legend lines={runs} span={span} />}
        title="Runs per second"
      >
        {width === null ? null : (
          <RateChart
            label={sayChart('Runs per second', runs)}
            lines={runs}
            showMost={looks > 1}
            span={span}
            unit="runs/s"
            width={width}
          />
        )}
      </Section>
      <Section
        context={`over the run, ${how}; a gap was not counted`}
        end={<Legend lines={times} span={span} />}
        title="Time per run"
      >
        {width === null ? null : (
          <RateChart
            label={sayChart('Time per run', times)}
            lines={times}
            showMost={looks > 1}
            span={span}
            unit="ns/run"
            width={width}
          />
        )}
      </Section>
      {series.length === 0 ? <Box className="px-4 py-3 text-fg-2">Nothing was counted.</Box> : null}
    </>
  );
}

const coloured = (life: BpfLife) => ({ ...life, colour: sourceIdentity(life.replica).colour });

function Legend({ lines, span }: { lines: readonly RateLine[]; span: TimeSpan }) {
  return (
    <ul className="flex flex-wrap gap-x-3 text-11 text-fg-2">
      {lines.map(({ name, colour, dashed }) => (
        <li className="flex items-center gap-1.5" key={name}>
          <svg aria-hidden="true" height={6} width={18}>
            <path d="M0 3h18" stroke={colour} strokeDasharray={dashed ? '5 3' : undefined} strokeWidth={2} />
          </svg>
          {name}
        </li>
      ))}
      {span.faults.length === 0 ? null : (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" height={10} width={18}>
            <rect fill="var(--fault-fill)" height={9} stroke="var(--fault)" strokeDasharray="2 3" width={17} x={0.5} y={0.5} />
          </svg>
          fault
        </li>
      )}
    </ul>
  );
}

/** `Runs per second: replica1 lab_broadcast 1207 up to 45,270`. */
function sayChart(title: string, lines: readonly RateLine[]): string {
  const words = lines.map(({ name, points }) => {
    const known = points.map(({ most }) => most).filter((value) => value !== null);
    return known.length === 0
      ? `${name} not counted`
      : `${name} up to ${Math.round(Math.max(...known)).toLocaleString('en-US')}`;
  });
  return `${title}: ${words.join(', ')}`;
}
