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
  const words = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`);
  const inside = children.map((child) => (typeof child === 'string' ? escapeMarkup(child) : toMarkup(child))).join('');
  return inside === '' ? `<${tag}${words.join('')}/>` : `<${tag}${words.join('')}>${inside}</${tag}>`;
}

/** Control characters and halves of surrogate pairs have no place in XML, not even escaped. */
function escapeMarkup(text: string): string {
  const legal = text.replace(/[\p{Cc}\p{Cs}]/gu, (character) => (/\s/.test(character) ? ' ' : '\uFFFD'));
  return legal.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
