import { describe, expect, it } from 'vitest';
import { downloadsOf } from './downloads';

describe('the downloads of a log', () => {
  it('are the whole log and what the filter shows, as text and as JSON Lines', () => {
    const filter = { text: 'a&b', regex: true, inverse: true, level: 'warn', sources: ['replica1', 'client'] } as const;
    expect(downloadsOf('r-0007', { ...filter, sources: [...filter.sources] }).map(({ href }) => href)).toEqual([
      '/api/runs/r-0007/log.txt',
      '/api/runs/r-0007/log.jsonl',
      '/api/runs/r-0007/log.txt?text=a%26b&regex=1&inverse=1&level=warn&sources=replica1%2Cclient',
      '/api/runs/r-0007/log.jsonl?text=a%26b&regex=1&inverse=1&level=warn&sources=replica1%2Cclient',
    ]);
  });
});
