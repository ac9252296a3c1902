import Anser from 'anser';

/** What every order to a terminal begins with. */
const ESCAPE = String.fromCharCode(27);
/** All orders but those for colours and weights: a page has no cursor to move and no title to set. */
const OTHER_ORDERS = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-ln-~]|\\][^${ESCAPE}\\u0007]*(?:\\u0007|${ESCAPE}\\\\)|[()][0-9A-Za-z]|[=>78])`,
  'g',
);

export type PieceStyle = {
  color?: string;
  background?: string;
  fontWeight?: number;
  fontStyle?: string;
  textDecoration?: string;
};

/** Text that looks alike from its first character to its last. */
export type TextPiece = { text: string; style: PieceStyle | null; isMatch: boolean };

/** From the first character to before the last. */
export type TextRange = { from: number; to: number };

/** The 16 named colours as tokens, which can be read on every surface of both themes. */
const NAMED: Record<string, string> = {
  black: 'var(--text-3)',
  red: 'var(--bad)',
  green: 'var(--ok)',
  yellow: 'var(--warn)',
  blue: 'var(--accent)',
  magenta: 'var(--v-multicast)',
  cyan: 'var(--r8)',
  white: 'var(--text)',
};

/** A line's text in pieces of one look: its ANSI colours, and what the filter found in it. Positions count visible characters. */
export function piecesOf(text: string, find: ((visible: string) => TextRange[]) | null): TextPiece[] {
  const styled = text.includes(ESCAPE) ? ansiPieces(text) : [{ text, style: null }];
  const matches = find?.(styled.map((piece) => piece.text).join('')) ?? [];
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const { text: whole, style } of styled) {
    for (const { from, to, isMatch } of cutAt(matches, { from: at, to: at + whole.length })) {
      pieces.push({ text: whole.slice(from - at, to - at), style, isMatch });
    }
    at += whole.length;
  }
  return pieces;
}

/** The text as a person sees it. */
export function visibleText(text: string): string {
  return text.includes(ESCAPE)
    ? ansiPieces(text)
        .map((piece) => piece.text)
        .join('')
    : text;
}

function ansiPieces(text: string): { text: string; style: PieceStyle | null }[] {
  const colours = text.replace(OTHER_ORDERS, '');
  return Anser.ansiToJson(colours, { remove_empty: true, use_classes: true }).map((entry) => ({
    text: entry.content,
    style: styleOf(entry),
  }));
}

type Entry = ReturnType<typeof Anser.ansiToJson>[number];

function styleOf({ fg, bg, fg_truecolor, bg_truecolor, decorations }: Entry): PieceStyle | null {
  const style: PieceStyle = {};
  const color = colourOf(fg, fg_truecolor);
  const ground = colourOf(bg, bg_truecolor);
  if (color !== null) style.color = color;
  // A ground is a tint, so that the words on it keep their contrast.
  if (ground !== null) style.background = `color-mix(in srgb, ${ground} 18%, transparent)`;
  if (decorations.includes('bold')) style.fontWeight = 600;
  if (decorations.includes('italic')) style.fontStyle = 'italic';
  if (decorations.includes('underline')) style.textDecoration = 'underline';
  if (decorations.includes('strikethrough')) style.textDecoration = 'line-through';
  return Object.keys(style).length === 0 ? null : style;
}

/** A colour that is not one of the 16 is drawn towards the text's own, so that it can be read on any surface. */
function colourOf(name: string | null, rgb: string | null): string | null {
  if (!name) return null;
  const own = name === 'ansi-truecolor' ? rgb : paletteRgb(name);
  if (own !== null) return `color-mix(in srgb, rgb(${own}) 40%, var(--text))`;
  return NAMED[name.replace(/^ansi-(bright-)?/, '')] ?? null;
}

/** Of the 256 colours behind the 16 named ones: a cube of six steps a side, then 24 greys. */
function paletteRgb(name: string): string | null {
  const index = Number(/^ansi-palette-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(index) || index > 255) return null;
  if (index >= 232)
    return Array(3)
      .fill(8 + (index - 232) * 10)
      .join(', ');
  const step = (at: number) => (at === 0 ? 0 : 55 + at * 40);
  const cube = index - 16;
  return [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(step).join(', ');
}

/** A stretch cut where matches begin and end. */
function cutAt(matches: readonly TextRange[], { from, to }: TextRange): (TextRange & { isMatch: boolean })[] {
  const cuts: (TextRange & { isMatch: boolean })[] = [];
  let at = from;
  for (const match of matches) {
    const begin = Math.max(match.from, at);
    const end = Math.min(match.to, to);
    if (end <= begin) continue;
    if (begin > at) cuts.push({ from: at, to: begin, isMatch: false });
    cuts.push({ from: begin, to: end, isMatch: true });
    at = end;
  }
  if (at < to) cuts.push({ from: at, to, isMatch: false });
  return cuts;
}
