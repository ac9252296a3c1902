import { BELOW_CAPTION_PX, drawXAxis, drawYAxis } from './axis';
import type { RateOverTime } from './data';
import { drawEndLabels, endLabelsWidth } from './end-labels';
import { formatCount, formatRange, formatRate } from './figures';
import { drawEmpty, framePicture, type Sheet, sheetWidth } from './frame';
import { layOutPlot } from './lay-out-plot';
import type { Picture, Scale } from './picture';
import { applyScale, extentOf } from './scale';
import { svg } from './svg';
import { drawTimeMarks, drawWarmUp, faultEntries, sayFaults } from './time-marks';
import { drawHovers, labelTimes, traceWindows, windowsWithin } from './time-windows';
import { variantStyle } from './variant-style';

const CAPTION = 'since measuring began';

/** Completed requests per second per window, from zero; at its end the newest window. */
export function drawRateOverTime(data: RateOverTime, sheet: Sheet): Picture {
  const width = sheetWidth(sheet);
  const points = windowsWithin(data.points, data.domainMs);
  const rates = points.map(({ throughputPerS }) => throughputPerS);
  const range = extentOf(rates);
  const newest = rates.at(-1);
  if (range === null || newest === undefined) return drawEmpty(width, 'No window has closed yet.');
  const text = formatRate(newest);
  const { plot, axis, head } = layOutPlot({
    width,
    plotHeight: 84,
    right: endLabelsWidth([text], width),
    values: [0, ...rates],
    unit: 'per_s',
    kind: 'linear',
    key: faultEntries(data),
    edges: data.edges,
  });
  const x: Scale = { kind: 'linear', domain: data.domainMs, range: [plot.left, plot.right] };
  return framePicture({
    width,
    height: plot.bottom + BELOW_CAPTION_PX,
    says: `Throughput of ${data.side.label} over ${formatCount(points.length, 'window')}: ${formatRange(range, formatRate)}, newest ${text}.${sayFaults(data)}`,
    plot: { ...plot, x, y: axis.scale },
    nodes: [
      ...drawWarmUp(plot, x),
      ...drawTimeMarks(data, plot, x),
      ...head,
      ...drawYAxis(plot, axis),
      ...drawXAxis(plot, labelTimes(x), { width, caption: CAPTION }),
      svg('path', {
        d: traceWindows(points, ({ throughputPerS }) => throughputPerS, { x, y: axis.scale }),
        fill: 'none',
        stroke: variantStyle(data.side.variant).colour,
        'stroke-width': 1.5,
        'stroke-linejoin': 'round',
      }),
      ...drawEndLabels([{ y: applyScale(axis.scale, newest), text, fill: 'var(--text)' }], plot, width),
      ...drawHovers(points, {
        plot,
        x,
        say: (chunk) => formatRange(extentOf(chunk.map(({ throughputPerS }) => throughputPerS)) ?? [0, 0], formatRate),
      }),
    ],
  });
}
