import { type Box, round } from './box';
import { type SvgNode, svg } from './svg';

/** Texts of 11 px. A stand-alone file is shown in whatever face there is, so widths are those of a wide one (DejaVu Sans). */
const SIZE_PX = 11;
const WIDTHS: readonly [RegExp, number][] = [
  [/[\s.,:;'|!iljI·]/, 0.34],
  [/[frt()[\]\-/"`]/, 0.46],
  [/[mwMW%@—…]/, 1.01],
  [/[0-9a-z_$?–^*{}°²]/, 0.65],
  [/[A-Z&#<>×÷+−=~]/, 0.84],
  [/[À-ɏͰ-ϿЀ-ӿ]/, 0.84],
];
const WIDEST = 1.3;
/** Semibold is wider by this. */
const STRONG = 1.11;

export const LINE_PX = 14;
const ASCENT_PX = 9;
const DESCENT_PX = 3;

export type Anchor = 'start' | 'middle' | 'end';
export type TextLook = {
  anchor?: Anchor;
  fill?: string;
  strong?: boolean;
  /** A rim of the surface, for texts inside a plot. */
  halo?: boolean;
};

/** Pixels that a text takes, never less than it will. */
export function textWidth(content: string, strong = false): number {
  let ems = 0;
  for (const character of content) ems += WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? WIDEST;
  return ems * SIZE_PX * (strong ? STRONG : 1);
}

/** Where a text lies whose base line begins at (x, y). */
export function textBox(x: number, y: number, content: string, { anchor = 'start', strong }: TextLook = {}): Box {
  const width = textWidth(content, strong);
  const left = x - { start: 0, middle: width / 2, end: width }[anchor];
  return { left, top: y - ASCENT_PX, right: left + width, bottom: y + DESCENT_PX };
}

export function drawText(x: number, y: number, content: string, look: TextLook = {}): SvgNode {
  const { anchor = 'start', fill = 'var(--text-3)', strong = false, halo = false } = look;
  const rim = { stroke: 'var(--surface)', 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  return svg(
    'text',
    {
      x: round(x),
      y: round(y),
      fill,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'font-weight': strong ? 600 : undefined,
      ...(halo ? rim : {}),
    },
    [content],
  );
}

/** The text, or as much of it as fits with an ellipsis. */
export function fitText(content: string, widthPx: number, strong = false): string {
  if (textWidth(content, strong) <= widthPx) return content;
  const characters = [...content];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, strong) > widthPx) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** The text in lines that fit; words that alone are too long lose their end. */
export function wrapText(content: string, widthPx: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of content.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > widthPx) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((text) => fitText(text, widthPx));
}
