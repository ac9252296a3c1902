import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PALETTE, paletteCss, toStandalone } from './palette';
import { svg } from './svg';

const tokens = readFileSync(new URL('../components/ui/tokens.css', import.meta.url), 'utf8');

/** The custom properties in the last block of the style sheet that is for this theme. */
function tokensOf(theme: string): Record<string, string> {
  const block = tokens.split('}').find((part) => part.includes(`[data-theme="${theme}"]`)) ?? '';
  return Object.fromEntries([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
}

describe('the palette', () => {
  it.each(['dark', 'light'] as const)('has the values of the tokens in %s', (theme) => {
    expect(tokensOf(theme)).toMatchObject(PALETTE[theme]);
  });

  it('has the same names in both themes', () => {
    expect(Object.keys(PALETTE.light)).toEqual(Object.keys(PALETTE.dark));
  });

  it('is written as declarations', () => {
    expect(paletteCss('dark')).toMatch(/^--surface: #101317; --border-strong: .*;$/);
  });
});

describe('a stand-alone file', () => {
  const root = svg('svg', { viewBox: '0 0 10 10', 'aria-label': 'a < b.' }, [svg('circle', { fill: 'var(--v-tc)' })]);
  const picture = { root, width: 10, height: 10, plot: null };

  it('carries its own colours, title and ground', () => {
    const text = toStandalone(picture, { theme: 'light' });
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox=/);
    expect(text).toContain('<title>a &#60; b.</title>');
    expect(text).toContain('<rect x="-12" y="-12" width="34" height="34" fill="#ffffff"/><circle fill="#0a68b8"/>');
  });

  it('refuses a colour the palette lacks', () => {
    const odd = { ...picture, root: svg('svg', {}, [svg('circle', { fill: 'var(--r1)' })]) };
    expect(() => toStandalone(odd, { theme: 'dark' })).toThrow('lacks --r1');
  });
});
