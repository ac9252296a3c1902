// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { exportSvgElement } from './export-svg-element';

afterEach(() => document.body.replaceChildren());

const TOKENS = '--v-tc: #3fa9f5; --surface: #101317; --text: #e6eaee;';

function drawn(inner: string): SVGSVGElement {
  document.body.innerHTML = `<svg class="chart" style="width: 100%; ${TOKENS}" width="400" height="200">${inner}</svg>`;
  const element = document.querySelector('svg');
  if (element === null) throw new Error('nothing was drawn');
  return element;
}

it('writes colours as values and drops what only the page understands', () => {
  const element = drawn('<path class="line" stroke="var(--v-tc)" d="M0 0"></path><text fill="var(--nowhere)">p50</text>');
  const svg = exportSvgElement(element, { title: 'Latency, µs', background: 'var(--surface)' });
  expect(svg).toContain('stroke="#3fa9f5"');
  expect(svg).toContain('fill="#101317"');
  expect(svg).not.toMatch(/var\(|class=|style=/);
  expect(svg).toContain('viewBox="0 0 400 228"');
});

it('says what is drawn, as text', () => {
  const svg = exportSvgElement(drawn(''), { title: 'r-0001 <b>', background: 'var(--surface)' });
  expect(svg).toContain('r-0001 &lt;b&gt;');
});

it('leaves the drawing on the page as it was', () => {
  const element = drawn('<path class="line" stroke="var(--v-tc)"></path>');
  const before = element.outerHTML;
  exportSvgElement(element, { title: '', background: 'var(--surface)' });
  expect(element.outerHTML).toBe(before);
});
