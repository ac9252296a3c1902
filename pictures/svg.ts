/**
 * SVG as a tree. The same tree is drawn in the browser (as React elements) and written into reports and files (as text), so
 * that a picture on the screen and the one in a report cannot differ.
 */
export type SvgNode = { tag: string; attributes: Record<string, string | number>; children: (SvgNode | string)[] };

/** Attributes by their SVG names (`stroke-width`); undefined ones are left out. */
export function svg(
  tag: string,
  attributes: Record<string, string | number | undefined> = {},
  children: (SvgNode | string | null)[] = [],
): SvgNode {
  const given = Object.entries(attributes).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
  return {
    tag,
    attributes: Object.fromEntries(given),
    children: children.filter((child) => child !== null),
  };
}

/** The tree as text; every attribute and every text is escaped, so names from outside stay names. */
export function toMarkup({ tag, attributes, children }: SvgNode): string {
  const words = Object.entries(attributes).map(([name, value]) => ` ${name}="${escape(String(value))}"`);
  const inside = children.map((child) => (typeof child === 'string' ? escape(child) : toMarkup(child))).join('');
  return inside === '' ? `<${tag}${words.join('')}/>` : `<${tag}${words.join('')}>${inside}</${tag}>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
