import type { Picture } from './picture';
import { type SvgNode, svg, toMarkup } from './svg';

export type Theme = 'dark' | 'light';

/** The custom properties that the pictures use, as components/ui/tokens.css has them; a test compares. */
export const PALETTE: Record<Theme, Record<string, string>> = {
  dark: {
    '--surface': '#101317',
    '--border-strong': '#323a44',
    '--text': '#e6eaee',
    '--text-2': '#a7b0ba',
    '--text-3': '#848f9b',
    '--warn': '#e8a93a',
    '--fault': '#e8a93a',
    '--fault-fill': 'rgb(232 169 58 / 0.1)',
    '--bad': '#ff6f66',
    '--accent': '#3fa9f5',
    '--grid': '#1d2329',
    '--axis': '#3a434d',
    '--band': '#1a2027',
    '--v-baseline': '#aab3bd',
    '--v-sendmmsg': '#dcd67c',
    '--v-multicast': '#dc6aa4',
    '--v-tc': '#3fa9f5',
    '--v-all': '#9a7dff',
    '--r3': '#33c9a0',
    '--r4': '#f3c2f3',
    '--r5': '#c58c6c',
    '--r7': '#a6b85c',
  },
  light: {
    '--surface': '#ffffff',
    '--border-strong': '#c6cdd4',
    '--text': '#14181d',
    '--text-2': '#47515b',
    '--text-3': '#5f6974',
    '--warn': '#8a5a00',
    '--fault': '#8a5a00',
    '--fault-fill': 'rgb(214 150 20 / 0.13)',
    '--bad': '#c0271d',
    '--accent': '#0a68b8',
    '--grid': '#eaedf0',
    '--axis': '#b3bbc4',
    '--band': '#eff1f4',
    '--v-baseline': '#606a74',
    '--v-sendmmsg': '#524f00',
    '--v-multicast': '#961a62',
    '--v-tc': '#0a68b8',
    '--v-all': '#4322b0',
    '--r3': '#00604c',
    '--r4': '#97288b',
    '--r5': '#6e3413',
    '--r7': '#5e683c',
  },
};

/** Declarations for a style sheet: `--surface: #101317; --text: ...`, without a selector. */
export function paletteCss(theme: Theme): string {
  return Object.entries(PALETTE[theme])
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ');
}

const STYLE =
  'text { font-family: Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; ' +
  'font-variant-numeric: tabular-nums; }';

/** Room around a picture that stands alone. */
const PAD_PX = 12;

/**
 * The picture as the text of an SVG file on the theme's surface. Colours are written as values, not as custom properties:
 * editors and typesetters that read SVG know none.
 */
export function toStandalone({ root, width, height }: Picture, { theme }: { theme: Theme }): string {
  const { attributes, children } = resolveColours(root, PALETTE[theme]);
  const says = String(attributes['aria-label'] ?? '');
  const [x, y, wide, high] = [-PAD_PX, -PAD_PX, width + 2 * PAD_PX, height + 2 * PAD_PX];
  const sheet = { viewBox: `${x} ${y} ${wide} ${high}`, width: wide, height: high };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toMarkup(
    svg('svg', { xmlns: 'http://www.w3.org/2000/svg', ...attributes, ...sheet }, [
      svg('title', {}, [says]),
      svg('style', {}, [STYLE]),
      svg('rect', { x, y, width: wide, height: high, fill: PALETTE[theme]['--surface'] }),
      ...children,
    ]),
  )}\n`;
}

function resolveColours({ tag, attributes, children }: SvgNode, palette: Record<string, string>): SvgNode {
  const resolved = Object.entries(attributes).map(([name, value]) => [name, resolve(value, palette)] as const);
  return {
    tag,
    attributes: Object.fromEntries(resolved),
    children: children.map((child) => (typeof child === 'string' ? child : resolveColours(child, palette))),
  };
}

function resolve(value: string | number, palette: Record<string, string>): string | number {
  const name = typeof value === 'string' ? /^var\((--[\w-]+)\)$/.exec(value)?.[1] : undefined;
  if (name === undefined) return value;
  const colour = palette[name];
  if (colour === undefined) throw new Error(`The pictures' palette lacks ${name}`);
  return colour;
}
