// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { variantColour } from '@/components/scenarios/variant-mark';
import type { EcdfLines } from '@/pictures/data';
import { drawEcdf } from '@/pictures/ecdf-plot';
import { drawPercentiles } from '@/pictures/percentile-plot';
import { variantStyle } from '@/pictures/variant-style';
import { CrosshairGroup } from './crosshair';
import { PictureView } from './picture-view';

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 500, 300));
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const lines: EcdfLines['lines'] = [
  { side: { variant: 'baseline', label: 'baseline' }, points: [200_000, 220_000, 240_000, 260_000].map(share) },
  { side: { variant: 'tc_broadcast', label: 'tc_broadcast' }, points: [180_000, 200_000, 210_000, 250_000].map(share) },
];
function share(ns: number, index: number) {
  return { ns, share: (index + 1) / 4 };
}
const percentiles = {
  lines: lines.map(({ side, points }) => ({
    side,
    points: points.map(({ ns }, index) => ({ percentile: [0, 50, 90, 99][index] ?? 0, ns, range: null })),
  })),
};
const drawShares = (width: number) => drawEcdf({ lines }, { width });
const drawTail = (width: number) => drawPercentiles(percentiles, { width });

function showBoth() {
  render(
    <CrosshairGroup lines={lines}>
      <PictureView draw={drawTail} latencyAxis="y" name="percentiles" />
      <PictureView draw={drawShares} latencyAxis="x" name="shares" />
    </CrosshairGroup>,
  );
  const [tail, shares] = screen.getAllByRole('slider');
  if (tail === undefined || shares === undefined) throw new Error('Both pictures have a crosshair');
  return { tail, shares };
}

it('draws for its own width', () => {
  const draw = vi.fn(drawShares);
  render(<PictureView draw={draw} name="shares" />);
  expect(draw).toHaveBeenCalledWith(500);
  expect(screen.getByRole('img').getAttribute('aria-label')).toContain('tc_broadcast 50 % within 200.0 µs');
});

it('saves the picture in the theme that is shown, at a size for paper', async () => {
  document.documentElement.dataset.theme = 'light';
  const blobs: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) blobs.push(blob);
    return 'blob:one';
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  render(<PictureView draw={drawShares} name="shares" />);
  fireEvent.click(screen.getByRole('button', { name: 'Save as SVG: shares' }));
  expect(click).toHaveBeenCalledOnce();
  const text = await blobs[0]?.text();
  expect(text).toContain('width="744"');
  expect(text).toContain('fill="#ffffff"');
});

it('shows the latency pointed at in one picture in the other, and reads both sides', () => {
  const { tail, shares } = showBoth();
  const plot = drawShares(500).plot;
  if (plot === null) throw new Error('The ECDF has a plot');
  const middle = { clientX: (plot.left + plot.right) / 2, clientY: (plot.top + plot.bottom) / 2 };
  const ns = (plot.x.domain[0] + plot.x.domain[1]) / 2;
  const picture = shares.parentElement;
  if (picture === null) throw new Error('A crosshair lies over its picture');
  fireEvent.pointerMove(picture, middle);
  expect(Number(tail.getAttribute('aria-valuenow'))).toBeCloseTo(ns);
  expect(tail.children).toHaveLength(1);
  expect(screen.getByText(/^At or below 2\d\d\.\d µs: baseline \d+ %, tc_broadcast \d+ % of requests\.$/)).toBeTruthy();
  fireEvent.pointerLeave(picture);
  expect(tail.children).toHaveLength(0);
});

it('is moved by the arrow keys, from the first median on', () => {
  const { tail, shares } = showBoth();
  fireEvent.keyDown(tail, { key: 'ArrowUp' });
  expect(shares.getAttribute('aria-valuenow')).toBe('220000');
  fireEvent.keyDown(tail, { key: 'ArrowUp' });
  expect(Number(shares.getAttribute('aria-valuenow'))).toBeGreaterThan(220_000);
  fireEvent.keyDown(shares, { key: 'Escape' });
  expect(shares.getAttribute('aria-valuetext')).toBe('none');
});

it('has no crosshair outside a group', () => {
  render(<PictureView draw={drawShares} latencyAxis="x" name="shares" />);
  expect(screen.queryByRole('slider')).toBeNull();
});

it.each(['baseline', 'sendmmsg', 'multicast', 'tc_broadcast', 'all_offloads'])(
  'gives %s the colour it has elsewhere',
  (name) => {
    expect(variantStyle(name).colour).toBe(variantColour(name));
  },
);
