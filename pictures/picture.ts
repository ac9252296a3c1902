import type { SvgNode } from './svg';

/**
 * A picture drawn for one width in CSS pixels; its text is never scaled. Colours are the tokens' custom properties
 * (`var(--v-tc)`), which whoever shows it defines.
 */
export type Picture = {
  /** Root `svg` element with viewBox, width, height, role `img` and an aria-label. */
  root: SvgNode;
  width: number;
  height: number;
  /** Where data lie, and how to read a position: for a crosshair. Null where a crosshair says nothing. */
  plot: Plot | null;
};

export type Plot = { left: number; top: number; right: number; bottom: number; x: Scale; y: Scale };

/** linear, or log10; `tail` is a percentile axis: -log10(1 - p/100). */
export type Scale = { kind: 'linear' | 'log' | 'tail'; domain: [number, number]; range: [number, number] };
