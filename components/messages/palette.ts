/** Colours of the theme as a canvas takes them. */
import type { Lane } from './lanes';

export type Palette = {
  text: string;
  text2: string;
  text3: string;
  accent: string;
  accentSoft: string;
  ok: string;
  grid: string;
  axis: string;
  band: string;
  surface: string;
  fault: string;
  faultFill: string;
  warn: string;
  font: string;
  /** Of each lane, in order. */
  lanes: string[];
};

export function readPalette(element: HTMLElement, lanes: readonly Lane[]): Palette {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const lane = (colour: string) => value(/--[\w-]+/.exec(colour)?.[0] ?? '--text');
  return {
    text: value('--text'),
    text2: value('--text-2'),
    text3: value('--text-3'),
    accent: value('--accent'),
    accentSoft: value('--accent-soft'),
    ok: value('--ok'),
    grid: value('--grid'),
    axis: value('--axis'),
    band: value('--band'),
    surface: value('--surface'),
    fault: value('--fault'),
    faultFill: value('--fault-fill'),
    warn: value('--warn'),
    font: `11px ${style.fontFamily}`,
    lanes: lanes.map(({ colour }) => lane(colour)),
  };
}
