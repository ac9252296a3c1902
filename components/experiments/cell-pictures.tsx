'use client';
import { memo } from 'react';
import { CrosshairGroup } from '@/components/pictures/crosshair';
import { SelectField } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import { useUrlState } from '@/components/ui/use-url-state';
import { drawEcdf } from '@/pictures/ecdf-plot';
import { drawDifference } from '@/pictures/latency-difference';
import { drawOverTime } from '@/pictures/latency-over-time';
import { drawPairLines } from '@/pictures/pair-lines';
import { drawPairRatios } from '@/pictures/pair-ratios';
import { drawPercentiles } from '@/pictures/percentile-plot';
import { drawThroughputLatency } from '@/pictures/throughput-latency';
import type { ExperimentPictures } from '@/server/api/types';
import { PictureCard } from './picture-card';

type CellPicturesProps = { id: string; pictures: ExperimentPictures };

const PAIR = 'grid gap-3 md:gap-4 lg:grid-cols-2 [&>*]:min-w-0';

/** The pictures of one cell, and of the sweep. Which cell stands in the address. */
export const CellPictures = memo(function CellPictures({ id, pictures }: CellPicturesProps) {
  const { cells, throughputLatency } = pictures;
  const [chosen, choose] = useUrlState('cell', String(cells[0]?.cell ?? 0));
  const cell = cells.find((each) => String(each.cell) === chosen) ?? cells[0];
  if (cell === undefined) return null;
  return (
    <section aria-label="Pictures" className="flex flex-col gap-3 md:gap-4">
      {cells.length < 2 ? null : <CellChooser cells={cells} chosen={String(cell.cell)} onChoose={choose} />}
      <CellView cell={cell} id={id} key={cell.cell} />
      {throughputLatency.map(({ scenario, data }) => (
        <PictureCard
          context="one point per number of clients, medians over the runs that count"
          data={data}
          draw={drawThroughputLatency}
          key={scenario}
          label={`Throughput and latency, ${scenario}`}
          name={`${id}-${scenario}-throughput-latency`}
          title={`Throughput and latency, ${scenario}`}
        />
      ))}
    </section>
  );
});

type ChooserProps = { cells: ExperimentPictures['cells']; chosen: string; onChoose: (cell: string) => void };

/** A few scenarios stand beside each other; the cells of a sweep go into a list. */
function CellChooser({ cells, chosen, onChoose }: ChooserProps) {
  const names = cells.map(({ scenario }) => scenario);
  if (cells.length <= 4 && new Set(names).size === cells.length) {
    const options = cells.map(({ cell, scenario }) => ({
      value: String(cell),
      label: <span className="mono">{scenario}</span>,
    }));
    return (
      <Segmented
        className="self-start max-md:w-full"
        label="Pictures of"
        onChange={onChoose}
        options={options}
        value={chosen}
      />
    );
  }
  return (
    <div className="max-w-[420px]">
      <SelectField
        label="Pictures of"
        onChange={onChoose}
        options={cells.map(({ cell, title }) => ({ value: String(cell), label: title }))}
        value={chosen}
      />
    </div>
  );
}

function CellView({ id, cell }: { id: string; cell: ExperimentPictures['cells'][number] }) {
  const file = (what: string) => `${id}-cell${cell.cell}-${what}`;
  return (
    <>
      {cell.comparisons.map(({ side, variant, pairLines, pairRatios }) => (
        <div className={PAIR} key={side}>
          <PictureCard
            context={`${cell.title}, a line per pair`}
            data={pairLines}
            draw={drawPairLines}
            label={`Pairs of ${variant}, side ${side}`}
            name={file(`${variant}-pairs`)}
            title={`${pairLines.metricTitle}, pair by pair`}
          />
          <PictureCard
            context="in the order run"
            data={pairRatios}
            draw={drawPairRatios}
            label={`Ratios of ${variant}, side ${side}`}
            name={file(`${variant}-ratios`)}
            title={`${pairRatios.metricTitle} ratio of each pair`}
          />
        </div>
      ))}
      <CrosshairGroup lines={cell.ecdf.lines}>
        <div className={PAIR}>
          <PictureCard
            context="median over the runs that count; faint: lowest and highest run"
            data={cell.percentiles}
            draw={drawPercentiles}
            label="Latency by percentile"
            latencyAxis="y"
            name={file('percentiles')}
            title="By percentile"
          />
          <PictureCard
            context="mean over the runs that count"
            data={cell.ecdf}
            draw={drawEcdf}
            label="Share of requests by latency"
            latencyAxis="x"
            name={file('ecdf')}
            title="Share of requests (ECDF)"
          />
        </div>
      </CrosshairGroup>
      <div className={PAIR}>
        {cell.overTime.map((data, index) => (
          <PictureCard
            context="same scale; p50 solid, p99 dashed"
            data={data}
            draw={drawOverTime}
            // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place in the plan.
            key={index}
            label={`Latency over time, side ${index}`}
            name={file(`over-time-${index}`)}
            title={`Latency over time, ${data.side.label}`}
          />
        ))}
      </div>
      {cell.difference.map((data, index) => (
        <PictureCard
          context="p50, median over the pairs per window of relative time"
          data={data}
          draw={drawDifference}
          // biome-ignore lint/suspicious/noArrayIndexKey: a side is its place in the plan.
          key={index}
          label={`Difference over time, side ${index + 1}`}
          name={file(`difference-${index + 1}`)}
          title={`${data.variant.label} less ${data.base.label}`}
        />
      ))}
    </>
  );
}
