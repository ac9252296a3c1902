import type { Scenario } from '@/server/api/types';

type Shape = Pick<Scenario, 'replicas' | 'clientFormat' | 'declared'>;

/** One click each: what a person asks first of a cluster of this kind. */
export function planExamples({ replicas, clientFormat, declared }: Shape): string[] {
  const name = replicas.at(-1)?.service ?? 'replica3';
  const other = replicas.at(-2)?.service ?? 'replica2';
  if (clientFormat !== 'lab' || !declared) return [`at 5 s kill ${name}; at 9 s restart it`, `at 5 s pause ${name} for 3 s`];
  return [
    'at 5 s kill leader; at 9 s restart it',
    'at 5 s pause leader for 3 s',
    `at 5 s isolate ${name} for 4 s`,
    `at 5 s cut ${other} <-> ${name} for 4 s`,
    'at 0 s lose 5 % and double 5 % everywhere',
  ];
}

/** Behind what stands there already. */
export function addExample(text: string, example: string): string {
  const kept = text.trim().replace(/;+$/, '').trim();
  return kept === '' ? example : `${kept}; ${example}`;
}
