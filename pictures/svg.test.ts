import { describe, expect, it } from 'vitest';
import { svg, toMarkup } from './svg';

describe('toMarkup', () => {
  it('escapes names in texts and attributes', () => {
    const node = svg('text', { 'data-name': `"<a>'&` }, ['<script>&"']);
    expect(toMarkup(node)).toBe('<text data-name="&#34;&#60;a&#62;&#39;&#38;">&#60;script&#62;&#38;&#34;</text>');
  });

  it('leaves out attributes that are not given, and null children', () => {
    expect(toMarkup(svg('g', { fill: undefined, x: 0 }, [null, svg('circle')]))).toBe('<g x="0"><circle/></g>');
  });

  it('replaces what XML cannot hold', () => {
    expect(toMarkup(svg('text', {}, ['a\u0000b\ud800c\nd']))).toBe('<text>a\ufffdb\ufffdc d</text>');
  });
});
