'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useWidth } from '@/components/pictures/use-width';
import { isOver } from '@/components/runs/use-run-view';
import { useNow } from '@/components/ui/use-now';
import { useWide } from '@/components/ui/use-wide';
import type { RunView } from '@/server/api/types';
import type { Drawn } from './draw-lanes';
import { headlineOf } from './headline';
import { LaneBar, LaneCaption } from './lane-bar';
import { LaneKey } from './lane-key';
import { labelsPx } from './lane-labels';
import type { LaneFault } from './lane-scene';
import type { LaneMode } from './lane-view';
import { lanesOf } from './lanes';
import { LegTable } from './leg-table';
import { OperationCard } from './operation-card';
import { leaderOf, type Operation } from './operations';
import { SamplingLine } from './sampling-line';
import { slowestOf } from './slowest';
import { SlowestTable } from './slowest-table';
import { SwimLane } from './swim-lane';
import type { TimeSpan } from './time-span';
import type { TraceBook } from './trace-book';
import type { TraceFeed } from './trace-feed';
import { useChosenOperation } from './use-chosen-operation';
import { useLaneView } from './use-lane-view';

type TraceViewProps = { run: RunView; feed: TraceFeed; version: number; hold: (holding: boolean) => void };

const SLOWEST = 20;
const SUMMED_EVERY_MS = 1_000;
/** Points of one operation reach the page in several batches; counted are operations older than this. */
const COMPLETE_AFTER_US = 750_000;

/** The headline, the swim-lane, and the tables that say the same in figures. */
export function TraceView({ run, feed, version, hold }: TraceViewProps) {
  const { book } = feed;
  const live = !isOver(run.state);
  const { view, mode, settled } = useLaneView(book, live);
  const { chosen, pick, step } = useChosenOperation(book, view);
  const [drawn, setDrawn] = useState<Drawn>('arrows');
  const box = useRef<HTMLDivElement>(null);
  const wide = useWide();
  const widthPx = (useWidth(box) ?? 0) - labelsPx(wide);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the book is one object; its version tells that it grew.
  useEffect(() => view.arrive(), [view, version]);
  useEffect(() => hold(live && mode === 'free'), [hold, live, mode]);
  const lanes = useLanes(book, version);
  const faults = useFaults(run.faults, book);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const slowest = useMemo(() => slowestOf(book.operations, SLOWEST), [book, version]);
  const summed = useSummed({ book, settled, mode, live, alone: chosen !== null });
  const pickFrom = useCallback((operation: Operation) => pick(operation), [pick]);

  return (
    <div>
      <div className="flex flex-col gap-2 px-3 py-3 md:px-4">
        <TraceHeadline book={book} live={live} version={version} />
        <SamplingLine book={book} run={run} />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <LaneBar live={live} mode={mode} onStep={step} view={view} waiting={feed.waiting} />
          <LaneKey faults={faults.length > 0} />
        </div>
      </div>
      <div className="border-line border-y" ref={box}>
        <SwimLane
          book={book}
          faults={faults}
          lanes={lanes}
          onDrawn={setDrawn}
          onPick={pick}
          onStep={step}
          selected={chosen}
          version={version}
          view={view}
        />
      </div>
      <div className="px-3 py-2 md:px-4">
        <LaneCaption alone={chosen !== null} drawn={drawn} settled={settled} widthPx={widthPx} />
      </div>
      {chosen === null ? null : (
        <OperationCard onClose={() => pick(null)} onStep={step} operation={chosen} services={book.services} />
      )}
      <div className="grid border-line border-t lg:grid-cols-2 [&>*]:min-w-0">
        <LegTable inView={summed.inView} operations={summed.operations} />
        <SlowestTable chosen={chosen?.op ?? null} of={book.operations.length} onPick={pickFrom} operations={slowest} />
      </div>
    </div>
  );
}

type SummedProps = { book: TraceBook; settled: TimeSpan; mode: LaneMode; live: boolean; alone: boolean };

/** Ways are summed up over what is in view; following, or with one operation alone in view, over all that is kept. */
function useSummed({ book, settled, mode, live, alone }: SummedProps): { operations: Operation[]; inView: boolean } {
  const inView = mode === 'free' && !alone;
  const tick = useNow(live ? SUMMED_EVERY_MS : null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the book is one object; while it grows the clock says when to look again.
  return useMemo(
    () => ({ operations: inView ? book.within(settled.fromUs, settled.toUs) : [...book.operations], inView }),
    [book, inView, inView ? settled : null, tick, live ? null : book.version],
  );
}

function TraceHeadline({ book, live, version }: { book: TraceBook; live: boolean; version: number }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the book is one object; its version tells that it grew.
  const headline = useMemo(
    () => headlineOf(book.operations, live ? (book.columns.lastUs ?? 0) - COMPLETE_AFTER_US : Infinity),
    [book, live, version],
  );
  return (
    <p className="flex flex-wrap items-baseline gap-x-3">
      <strong className="text-16">{headline?.words ?? 'Counting sends and copies'}</strong>
      <span className="text-12 text-fg-3">
        {headline?.basis ?? 'the first sampled operations are still being put together'}
      </span>
    </p>
  );
}

/** Stays the same object while the same faults hold: their counters change with every view and are not drawn. */
function useFaults(faults: RunView['faults'], { originUs, columns }: TraceBook): LaneFault[] {
  const lastUs = columns.lastUs ?? 0;
  const drawn = faults.map(({ title, startedAt, endedAt }) => ({
    title,
    fromUs: startedAt * 1_000 - originUs,
    // One that goes on reaches beyond whatever has been traced so far.
    toUs: endedAt === null ? Math.ceil(lastUs / 1e7 + 1) * 1e7 : endedAt * 1_000 - originUs,
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn of them decides.
  return useMemo(() => drawn, [JSON.stringify(drawn)]);
}

/** Stays the same object while the same replicas lead: the picture's layout must not be built again four times a second. */
function useLanes(book: TraceBook, version: number): ReturnType<typeof lanesOf> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the book is one object; its version tells that it grew.
  const leaders = useMemo(() => {
    const led = new Set<number>();
    for (const operation of book.operations) {
      const leader = leaderOf(operation);
      if (leader !== null) led.add(leader);
    }
    return [...led].sort((a, b) => a - b).join(' ');
  }, [book, version]);
  const services = book.services.join(' ');
  return useMemo(
    () => lanesOf(services.split(' '), new Set(leaders.split(' ').filter(Boolean).map(Number))),
    [services, leaders],
  );
}
