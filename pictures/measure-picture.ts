import type { Box } from './box';
import type { SvgNode } from './svg';
import { type Anchor, textBox } from './text';

/** What a picture covers, for tests: a box per shape and per text, in pixels. Strokes are taken as having no width. */
export function measurePicture(root: SvgNode): { shapes: Box[]; texts: (Box & { content: string })[] } {
  const nodes = flatten(root).slice(1);
  return {
    shapes: nodes.flatMap((node) => measureShape(node) ?? []),
    texts: nodes.filter(({ tag }) => tag === 'text').map(measureText),
  };
}

function flatten(node: SvgNode): SvgNode[] {
  return [node, ...node.children.flatMap((child) => (typeof child === 'string' ? [] : flatten(child)))];
}

function measureText({ attributes, children }: SvgNode): Box & { content: string } {
  const content = children.filter((child) => typeof child === 'string').join('');
  const anchors: Record<string, Anchor> = { middle: 'middle', end: 'end' };
  const anchor = anchors[String(attributes['text-anchor'])] ?? 'start';
  return {
    ...textBox(Number(attributes.x), Number(attributes.y), content, {
      anchor,
      strong: '600' === String(attributes['font-weight']),
    }),
    content,
  };
}

function measureShape({ tag, attributes }: SvgNode): Box | null {
  const number = (name: string) => Number(attributes[name]);
  if (tag === 'line') return around([number('x1'), number('x2')], [number('y1'), number('y2')]);
  if (tag === 'circle') {
    const r = number('r');
    return around([number('cx') - r, number('cx') + r], [number('cy') - r, number('cy') + r]);
  }
  if (tag === 'rect')
    return around([number('x'), number('x') + number('width')], [number('y'), number('y') + number('height')]);
  return tag === 'path' ? measurePath(String(attributes.d)) : null;
}

/** The commands that the pictures write: M L H V, and their relative forms. */
function measurePath(d: string): Box | null {
  let [x, y] = [0, 0];
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [, command = '', words = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (words.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const relative = command === command.toLowerCase();
    const [fromX, fromY] = relative ? [x, y] : [0, 0];
    const [first = 0, second = 0] = numbers;
    if (/[ml]/i.test(command)) [x, y] = [fromX + first, fromY + second];
    else if (/h/i.test(command)) x = fromX + first;
    else if (/v/i.test(command)) y = fromY + first;
    else if (!/z/i.test(command)) throw new Error(`No picture should write the command ${command}`);
    xs.push(x);
    ys.push(y);
  }
  return xs.length === 0 ? null : around(xs, ys);
}

function around(xs: readonly number[], ys: readonly number[]): Box {
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
