import { Th } from '@/components/ui/table';
import type { Term } from './glossary';

/** Column heads; each says what it means on hover, and below the table for everybody. */
export function Heads({ terms, tight = false }: { terms: readonly Term[]; tight?: boolean }) {
  return terms.map(({ term, means, numeric }) => (
    <Th className={tight ? 'px-[7px]!' : undefined} key={term} numeric={numeric ?? false} title={means}>
      {term}
    </Th>
  ));
}

type WhatTheseMeanProps = {
  terms: readonly Term[];
  /** What the words belong to, for screen readers that list controls: `programs`. */
  of: string;
};

/** The glossary of one table, folded: reachable by keyboard and read out as term and sentence. */
export function WhatTheseMean({ terms, of }: WhatTheseMeanProps) {
  return (
    <details className="mt-1.5 text-12 text-fg-3">
      <summary className="w-fit">
        What these mean<span className="sr-only">: {of}</span>
      </summary>
      <dl className="mt-1.5 grid gap-x-4 gap-y-1 md:grid-cols-[max-content_minmax(0,1fr)]">
        {terms.map(({ term, means }) => (
          <div className="contents" key={term}>
            <dt className="font-medium text-fg-2">{term}</dt>
            <dd className="mb-1 md:mb-0">{means}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
