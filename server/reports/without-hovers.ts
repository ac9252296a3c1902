import type { SvgNode } from '@/pictures/svg';

/** The picture for a screen without a pointer: what only tells its numbers when pointed at is left out. */
export function withoutHovers({ tag, attributes, children }: SvgNode): SvgNode {
  const kept = children.filter((child) => typeof child === 'string' || !isHover(child));
  return { tag, attributes, children: kept.map((child) => (typeof child === 'string' ? child : withoutHovers(child))) };
}

function isHover({ tag, attributes }: SvgNode): boolean {
  return tag === 'title' || attributes['pointer-events'] === 'all';
}
