import { expect, it } from 'vitest';
import { addTags, suggestTags } from './tags';

it('parts tags at commas and keeps each once', () => {
  expect(addTags(['aa'], ' cold  start , AA,, keep')).toEqual(['aa', 'cold start', 'keep']);
  expect(addTags(['aa'], '  ')).toEqual(['aa']);
});

it('offers the tags in use that are not chosen yet, most used first', () => {
  const facets = [
    { value: 'aa', runs: 2 },
    { value: 'keep', runs: 9 },
    { value: 'cold', runs: 2 },
  ];
  expect(suggestTags(facets, ['keep'], 5)).toEqual(['aa', 'cold']);
  expect(suggestTags(facets, [], 1)).toEqual(['keep']);
});
