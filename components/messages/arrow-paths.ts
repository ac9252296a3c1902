/** Lines, bars and marks gathered by how they are drawn. Lines are cut at the edges: dashing one of a million pixels hangs. */
import type { Palette } from './palette';

export type ArrowKind = 'client' | 'plain' | 'flagged' | 'clone' | 'ack';
export type Line = { x1: number; y1: number; x2: number; y2: number };
type MarkKind = 'clone' | 'original' | 'commit';
type Stroke = { colour: string; width: number; dash?: number[] };

const MARGIN = 12;
const HEAD_PX = 7;
const BAR_PX = 5;

export class ArrowPaths {
  private readonly lines: Record<ArrowKind, Line[]> = { client: [], plain: [], flagged: [], clone: [], ack: [] };
  private readonly bars: { lane: number; x: number; y: number; width: number }[] = [];
  private readonly marks: Record<MarkKind, { x: number; y: number }[]> = { clone: [], original: [], commit: [] };

  constructor(
    private readonly widthPx: number,
    /** Half the width of a mark. */
    private readonly markPx: number,
  ) {}

  arrow(kind: ArrowKind, line: Line): void {
    if (Math.max(line.x1, line.x2) < -MARGIN || Math.min(line.x1, line.x2) > this.widthPx + MARGIN) return;
    this.lines[kind].push(line);
  }

  bar(lane: number, { x1, x2, y }: { x1: number; x2: number; y: number }): void {
    const left = Math.max(-MARGIN, Math.min(x1, x2));
    const right = Math.min(this.widthPx + MARGIN, Math.max(x1, x2));
    if (right >= left) this.bars.push({ lane, x: left, y: y - BAR_PX / 2, width: Math.max(1, right - left) });
  }

  mark(kind: MarkKind, place: { x: number; y: number }): void {
    this.marks[kind].push(place);
  }

  strokeBars(context: CanvasRenderingContext2D, palette: Palette): void {
    this.bars.sort((a, b) => a.lane - b.lane);
    for (const { lane, x, y, width } of this.bars) {
      context.fillStyle = palette.lanes[lane] ?? palette.text3;
      context.fillRect(x, y, width, BAR_PX);
    }
  }

  stroke(context: CanvasRenderingContext2D, kind: ArrowKind, { colour, width, dash = [] }: Stroke): void {
    const lines = this.lines[kind];
    if (lines.length === 0) return;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    for (const line of lines) this.trace(context, line);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    for (const line of lines) if (line.x2 >= -MARGIN && line.x2 <= this.widthPx + MARGIN) traceHead(context, line, width);
    context.fill();
  }

  fillMarks(context: CanvasRenderingContext2D, palette: Palette): void {
    const half = this.markPx;
    context.fillStyle = palette.accent;
    context.beginPath();
    for (const { x, y } of this.marks.clone) {
      context.moveTo(x, y - half);
      context.lineTo(x + half, y);
      context.lineTo(x, y + half);
      context.lineTo(x - half, y);
    }
    context.fill();
    context.fillStyle = palette.surface;
    context.strokeStyle = palette.text2;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const { x, y } of this.marks.original) {
      context.moveTo(x + half * 0.8, y);
      context.arc(x, y, half * 0.8, 0, Math.PI * 2);
    }
    context.fill();
    context.stroke();
    context.fillStyle = palette.ok;
    for (const { x, y } of this.marks.commit) context.fillRect(x - 1, y - 9, 2.5, 18);
  }

  /** All lines go forward in time but for clocks that disagree; both ends are cut to the canvas. */
  private trace(context: CanvasRenderingContext2D, { x1, y1, x2, y2 }: Line): void {
    const slope = x2 === x1 ? 0 : (y2 - y1) / (x2 - x1);
    const cut = (x: number) => Math.min(this.widthPx + MARGIN, Math.max(-MARGIN, x));
    const from = cut(x1);
    const to = cut(x2);
    context.moveTo(from, from === x1 ? y1 : y1 + slope * (from - x1));
    context.lineTo(to, to === x2 ? y2 : y1 + slope * (to - x1));
  }
}

function traceHead(context: CanvasRenderingContext2D, { x1, y1, x2, y2 }: Line, width: number): void {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < HEAD_PX) return;
  const size = width > 2 ? HEAD_PX + 3 : HEAD_PX;
  const dx = ((x2 - x1) / length) * size;
  const dy = ((y2 - y1) / length) * size;
  context.moveTo(x2, y2);
  context.lineTo(x2 - dx - dy * 0.42, y2 - dy + dx * 0.42);
  context.lineTo(x2 - dx + dy * 0.42, y2 - dy - dx * 0.42);
}
