import { drawEcdf } from '@/pictures/ecdf-plot';
import { drawDifference } from '@/pictures/latency-difference';
import { drawOverTime } from '@/pictures/latency-over-time';
import { drawPairLines } from '@/pictures/pair-lines';
import { drawPairRatios } from '@/pictures/pair-ratios';
import { drawPercentiles } from '@/pictures/percentile-plot';
import { drawSizeRatios } from '@/pictures/size-ratios';
import { drawThroughputLatency } from '@/pictures/throughput-latency';
import type { CellPictures, ExperimentPictures } from './experiment-pictures';
import type { Block, Figure, Section } from './report-document';

/** Every picture of the experiment, by cluster size first, then cell by cell. */
export function picturesSection({ sizeRatios, cells, throughputLatency }: ExperimentPictures): Section {
  const bySize = sizeRatios.map(({ data }): Figure => {
    return { title: `Ratio of ${data.metricTitle} by cluster size`, draw: (sheet) => drawSizeRatios(data, sheet) };
  });
  const sweeps = throughputLatency.map(({ scenario, data }): Figure => {
    return { title: `Throughput and latency, ${scenario}`, draw: (sheet) => drawThroughputLatency(data, sheet) };
  });
  return {
    title: 'Pictures',
    blocks: [
      ...block(
        'By cluster size',
        bySize,
        'Every pair is a dot. Bars are 95 % intervals from six pairs on, below that the range of the pairs.',
      ),
      ...block('By number of clients', sweeps, 'Medians over the pairs that count.'),
      ...cells.flatMap((cell) => block(cell.title, cellFigures(cell), null)),
    ],
  };
}

function block(title: string, figures: Figure[], note: string | null): Block[] {
  return figures.length === 0 ? [] : [{ kind: 'figures', title, note, figures }];
}

function cellFigures({ comparisons, percentiles, ecdf, overTime, difference }: CellPictures): Figure[] {
  const pairs = comparisons.flatMap(({ pairRatios, pairLines }): Figure[] => [
    {
      title: `Ratio of ${pairRatios.metricTitle} in every pair, ${pairRatios.variant.label}`,
      draw: (sheet) => drawPairRatios(pairRatios, sheet),
    },
    {
      title: `${pairLines.metricTitle} of every pair, ${pairLines.base.label} to ${pairLines.variant.label}`,
      draw: (sheet) => drawPairLines(pairLines, sheet),
    },
  ]);
  return [
    ...pairs,
    { title: 'Latency by percentile', draw: (sheet) => drawPercentiles(percentiles, sheet) },
    { title: 'Share of requests at or below a latency', draw: (sheet) => drawEcdf(ecdf, sheet) },
    ...overTime.map((data): Figure => {
      return { title: `Latency over relative time, ${data.side.label}`, draw: (sheet) => drawOverTime(data, sheet) };
    }),
    ...difference.map((data): Figure => {
      return { title: `Difference over relative time, ${data.variant.label}`, draw: (sheet) => drawDifference(data, sheet) };
    }),
  ];
}
