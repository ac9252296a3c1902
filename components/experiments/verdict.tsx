import type { ExperimentResults } from '@/server/api/types';

/** The sentence that stands first once it is over, and what its numbers can carry. */
export function Verdict({ verdict }: { verdict: ExperimentResults['verdict'] }) {
  return (
    <section aria-label="Verdict" className="py-1">
      <h2 className="font-semibold text-20 leading-7 tracking-[-0.02em] md:text-24 md:leading-8">{verdict.headline}</h2>
      <p className="mt-1 text-14 text-fg-2 leading-[21px]">{verdict.detail}</p>
    </section>
  );
}
