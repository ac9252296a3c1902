import type { Observe } from '@/server/api/types';

/** What is observed, as it stands in the address: `bpf-statistics`, `trace`, both with a comma, or nothing. */
const WORDS = { bpfStatistics: 'bpf-statistics', trace: 'trace' } as const satisfies Record<keyof Observe, string>;

export function readObserve(text: string): Observe {
  const words = text.split(',');
  return { bpfStatistics: words.includes(WORDS.bpfStatistics), trace: words.includes(WORDS.trace) };
}

export function writeObserve({ bpfStatistics, trace }: Observe): string {
  return [bpfStatistics ? WORDS.bpfStatistics : '', trace ? WORDS.trace : ''].filter((word) => word !== '').join(',');
}
