type Heading = {
  /** What is drawn, its unit among it: the page says both beside the drawing, a file has to say them itself. */
  title: string;
  /** CSS colour behind everything; may name a custom property. */
  background: string;
};

const HEADING_PX = 28;
const LEFT_PX = 12;
const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of the page as a file of its own: with a heading, and colours as values, since a file has no tokens. */
export function exportSvgElement(element: SVGSVGElement, { title, background }: Heading): string {
  const { width, height } = sizeOf(element);
  const size = { width, height: height + HEADING_PX };
  const style = getComputedStyle(element);
  const drawing = copyOf(element, style);
  drawing.setAttribute('y', String(HEADING_PX));

  const root = document.createElementNS(SVG, 'svg');
  setAll(root, { xmlns: SVG, ...size, viewBox: `0 0 ${size.width} ${size.height}`, 'font-family': style.fontFamily });
  const paper = document.createElementNS(SVG, 'rect');
  setAll(paper, { ...size, fill: resolve(background, style) ?? 'none' });
  const heading = document.createElementNS(SVG, 'text');
  setAll(heading, { x: LEFT_PX, y: 18, 'font-size': 12, 'font-weight': 600, fill: resolve('var(--text)', style) ?? 'black' });
  heading.textContent = title;
  root.append(paper, heading, drawing);
  return new XMLSerializer().serializeToString(root);
}

/** As drawn; as it says itself where nothing was laid out. */
function sizeOf(element: SVGSVGElement): { width: number; height: number } {
  const { width, height } = element.getBoundingClientRect();
  const said = (name: string) => Number(element.getAttribute(name));
  return { width: Math.round(width || said('width')), height: Math.round(height || said('height')) };
}

/** Without the page's classes and layout; every custom property replaced by its value here and now. */
function copyOf(element: SVGSVGElement, style: CSSStyleDeclaration): SVGSVGElement {
  const copy = document.importNode(element, true);
  copy.removeAttribute('style');
  for (const each of [copy, ...copy.querySelectorAll('*')]) {
    each.removeAttribute('class');
    each.removeAttribute('tabindex');
    for (const name of each.getAttributeNames()) {
      const resolved = resolve(each.getAttribute(name) ?? '', style);
      if (resolved === null) each.removeAttribute(name);
      else each.setAttribute(name, resolved);
    }
  }
  return copy;
}

/** null: it names a property that is not set here. */
function resolve(value: string, style: CSSStyleDeclaration): string | null {
  let known = true;
  const resolved = value.replace(/var\((--[\w-]+)\)/g, (_, name: string) => {
    const found = style.getPropertyValue(name).trim();
    known &&= found !== '';
    return found;
  });
  return known ? resolved : null;
}

function setAll(element: Element, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
