import { createElement, type ReactElement } from 'react';
import type { SvgNode } from '@/pictures/svg';

/** A picture's tree as React elements, text as text: nothing in it is ever read as markup. */
export function toElement({ tag, attributes, children }: SvgNode): ReactElement {
  const props = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [nameProp(name), value]));
  return createElement(tag, props, ...children.map((child) => (typeof child === 'string' ? child : toElement(child))));
}

/** React says strokeWidth where SVG says stroke-width; aria- and data- names stay. */
function nameProp(name: string): string {
  return /^(aria|data)-/.test(name) ? name : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
