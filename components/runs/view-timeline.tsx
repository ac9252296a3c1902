'use client';
import { type ComponentProps, useCallback } from 'react';
import { PictureView } from '@/components/pictures/picture-view';
import { ReplicaTag } from '@/components/scenarios/replica-tag';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ViewLanes } from '@/pictures/data';
import type { Picture } from '@/pictures/picture';
import { drawViewTimeline } from '@/pictures/view-timeline';

type ViewTimelineProps = {
  id: string;
  views: ViewLanes;
  /** The chart above: the timeline stands below it, edge below edge. */
  above: (width: number) => Picture;
  over: ComponentProps<typeof PictureView>['over'];
};

/** Who led which view and what each replica was at, on the time axis of the chart above; the same as a table. */
export function ViewTimeline({ id, views, above, over }: ViewTimelineProps) {
  const draw = useCallback(
    (width: number) => {
      const { plot } = above(width);
      return drawViewTimeline(plot === null ? views : { ...views, edges: { left: plot.left, right: plot.right } }, { width });
    },
    [views, above],
  );
  return (
    <>
      <h3 className="mt-1 mb-1 font-semibold text-13">Views</h3>
      <PictureView draw={draw} leastPx={60 + 22 * views.lanes.length} name={`${id} views over time`} over={over} />
      <details className="mb-2 text-12">
        <summary className="w-fit text-fg-2">Views as a table</summary>
        <ViewTable views={views} />
      </details>
    </>
  );
}

const ROWS_SHOWN = 200;

function ViewTable({ views }: { views: ViewLanes }) {
  const rows = views.lanes
    .flatMap(({ name, segments }) => segments.map((segment) => ({ name, ...segment })))
    .sort((a, b) => a.fromMs - b.fromMs);
  return (
    <>
      <Table
        head={
          <>
            <Th numeric>From, s</Th>
            <Th numeric>To, s</Th>
            <Th>Replica</Th>
            <Th>What it was at</Th>
          </>
        }
        label="Views over time"
      >
        {rows.slice(0, ROWS_SHOWN).map(({ name, fromMs, toMs, words }) => (
          <Tr dense key={`${name} ${fromMs} ${words}`}>
            <Td numeric>{(fromMs / 1000).toFixed(2)}</Td>
            <Td numeric>{(toMs / 1000).toFixed(2)}</Td>
            <Td>
              <ReplicaTag source={name} /> <span className="mono text-12">{name}</span>
            </Td>
            <Td>{words}</Td>
          </Tr>
        ))}
      </Table>
      {rows.length <= ROWS_SHOWN ? null : (
        <p className="text-12 text-fg-3">
          The first {ROWS_SHOWN} of {rows.length}.
        </p>
      )}
    </>
  );
}
