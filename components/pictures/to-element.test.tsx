import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { svg } from '@/pictures/svg';
import { toElement } from './to-element';

it('keeps attributes by the names SVG has, and text as text', () => {
  const node = svg('svg', { viewBox: '0 0 2 1', 'aria-label': 'a', role: 'img' }, [
    svg('text', { 'stroke-width': 3, 'text-anchor': 'end', 'paint-order': 'stroke' }, [svg('title', {}, ['<b>']), '<script>']),
  ]);
  expect(renderToStaticMarkup(toElement(node))).toBe(
    '<svg viewBox="0 0 2 1" aria-label="a" role="img">' +
      '<text stroke-width="3" text-anchor="end" paint-order="stroke"><title>&lt;b&gt;</title>&lt;script&gt;</text></svg>',
  );
});
