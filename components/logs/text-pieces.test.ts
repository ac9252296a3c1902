import { describe, expect, it } from 'vitest';
import { findPattern, findWords } from './find-matches';
import { piecesOf, visibleText } from './text-pieces';

const E = String.fromCharCode(27);

describe('the pieces of a line', () => {
  it('are one for plain text', () => {
    expect(piecesOf('vr: <b>view</b> 1', null)).toEqual([{ text: 'vr: <b>view</b> 1', style: null, isMatch: false }]);
  });

  it('take the 16 colours from the tokens and keep weights', () => {
    const pieces = piecesOf(`${E}[31mred${E}[0m and ${E}[1;92mgreen${E}[0m`, null);
    expect(pieces.map(({ text, style }) => [text, style])).toEqual([
      ['red', { color: 'var(--bad)' }],
      [' and ', null],
      ['green', { color: 'var(--ok)', fontWeight: 600 }],
    ]);
  });

  it('draw other colours towards the text so that they can be read', () => {
    const [palette, grey, exact] = piecesOf(`${E}[38;5;196ma${E}[38;5;232mb${E}[38;2;1;2;3mc`, null);
    expect(palette?.style?.color).toBe('color-mix(in srgb, rgb(255, 0, 0) 40%, var(--text))');
    expect(grey?.style?.color).toContain('rgb(8, 8, 8)');
    expect(exact?.style?.color).toContain('rgb(1, 2, 3)');
  });

  it('leave out what only a terminal can follow', () => {
    expect(visibleText(`a${E}[2Kb${E}[1Ac${E}]0;title\u0007d${E}[0me`)).toBe('abcde');
  });

  it('mark matches across colours, counted in visible characters', () => {
    const pieces = piecesOf(`ca${E}[32mught${E}[0m up`, findWords('CAUGHT UP'));
    expect(pieces.map(({ text, isMatch }) => [text, isMatch])).toEqual([
      ['ca', true],
      ['ught', true],
      [' up', true],
    ]);
    expect(piecesOf('a gap, a gap', findWords('gap')).map(({ text, isMatch }) => [text, isMatch])).toEqual([
      ['a ', false],
      ['gap', true],
      [', a ', false],
      ['gap', true],
    ]);
  });

  it('mark what a regular expression finds, empty matches never', async () => {
    const find = await findPattern('peers|g.p|x*');
    expect(find?.('Peers leave a gap')).toEqual([
      { from: 0, to: 5 },
      { from: 14, to: 17 },
    ]);
    expect(await findPattern('(')).toBeNull();
  });

  it('mark nothing where lower case has another length', () => {
    expect(findWords('x')('İx')).toEqual([]);
  });
});
