import type { RunConfig } from './run';

/**
 * The u64 that tells this run's packets from any other's, as decimal text. Run ids are counted per store, so the time of
 * creation makes it differ between stores too.
 */
export function wireRunId(config: Pick<RunConfig, 'id' | 'createdAt'>): string {
  const counted = BigInt(/\d+$/.exec(config.id)?.[0] ?? '0');
  return String((BigInt(Math.floor(config.createdAt)) << 20n) | (counted & 0xfffffn));
}
