import { round } from './box';
import type { Side } from './data';
import { type SvgNode, svg } from './svg';

export type Style = { colour: string; mark: 'ring' | 'diamond' | 'triangle' | 'disc' | 'square' };

const STYLES = new Map<string, Style>([
  ['baseline', { colour: 'var(--v-baseline)', mark: 'ring' }],
  ['sendmmsg', { colour: 'var(--v-sendmmsg)', mark: 'diamond' }],
  ['multicast', { colour: 'var(--v-multicast)', mark: 'triangle' }],
  ['tc_broadcast', { colour: 'var(--v-tc)', mark: 'disc' }],
  ['all_offloads', { colour: 'var(--v-all)', mark: 'square' }],
]);

/** Hues of replicas far from every variant's; no picture shows replicas. */
const OTHER_COLOURS = ['var(--r3)', 'var(--r5)', 'var(--r7)', 'var(--r4)'] as const;
const OTHER_MARKS = ['diamond', 'triangle', 'square'] as const;

/** Colour and mark of a variant. One that is not known gets its own from its name, the same in every picture. */
export function variantStyle(variant: string): Style {
  const hash = [...variant].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973, 7);
  return (
    STYLES.get(variant) ?? {
      colour: OTHER_COLOURS[hash % OTHER_COLOURS.length] ?? OTHER_COLOURS[0],
      mark: OTHER_MARKS[hash % OTHER_MARKS.length] ?? OTHER_MARKS[0],
    }
  );
}

const REPEATED_COLOURS = ['var(--text)', 'var(--text-2)'] as const;

/** The styles of sides that stand in one picture. A variant against itself (a control) is told apart by lightness. */
export function styleSides(sides: readonly Side[]): Style[] {
  return sides.map(({ variant }, index) => {
    const style = variantStyle(variant);
    const earlier = sides.slice(0, index).filter((side) => side.variant === variant).length;
    return earlier === 0 ? style : { ...style, colour: REPEATED_COLOURS[(earlier - 1) % 2] ?? REPEATED_COLOURS[0] };
  });
}

/** A mark around (x, y), `radius` from its middle to its rim. */
export function drawMark({ colour, mark }: Style, x: number, y: number, radius: number): SvgNode {
  const [cx, cy, r] = [round(x), round(y), round(radius)];
  if (mark === 'ring') {
    const stroke = Math.min(1.8, r * 0.5);
    const attributes = { cx, cy, r: round(r - stroke / 2), fill: 'var(--surface)', stroke: colour, 'stroke-width': stroke };
    return svg('circle', attributes);
  }
  if (mark === 'disc') return svg('circle', { cx, cy, r, fill: colour });
  if (mark === 'square') {
    const half = round(r * 0.9);
    return svg('rect', { x: round(cx - half), y: round(cy - half), width: 2 * half, height: 2 * half, rx: 1, fill: colour });
  }
  const corners = {
    diamond: `M${cx} ${round(cy - r)}L${round(cx + r)} ${cy}L${cx} ${round(cy + r)}L${round(cx - r)} ${cy}z`,
    triangle: `M${cx} ${round(cy - r)}L${round(cx + r)} ${round(cy + r * 0.8)}H${round(cx - r)}z`,
  };
  return svg('path', { d: corners[mark], fill: colour });
}
