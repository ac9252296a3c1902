'use client';
import { ArrowLeftRight, CircleX, Link2 } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageLink } from '@/components/ui/page-link';
import type { Comparison } from '@/server/api/types';
import { copyAddress } from './copy-address';

/** The sentence that stands first, and what its numbers can carry. */
export function Verdict({ comparison, onSwap }: { comparison: Comparison; onSwap: () => void }) {
  const { verdict } = comparison;
  const actions = (
    <div className="flex shrink-0 gap-2 max-md:[&>button]:flex-1">
      <Button icon={ArrowLeftRight} onClick={onSwap}>
        Swap sides
      </Button>
      <Button icon={Link2} onClick={copyAddress}>
        Copy link
      </Button>
    </div>
  );
  if (verdict.kind === 'invalid') {
    return (
      <Card className="bg-bad-soft p-3 md:p-4" label="Verdict" tone="bad">
        <Badge icon={CircleX} tone="bad">
          invalid
        </Badge>
        <div className="mt-3 flex flex-wrap items-end gap-4">
          <div className="min-w-0 flex-1">
            <h2 className="font-semibold text-20 text-bad leading-7 md:text-24 md:leading-8">{verdict.headline}</h2>
            <p className="mt-1.5 text-fg-2">{verdict.detail}</p>
            <PartOf comparison={comparison} />
          </div>
          {actions}
        </div>
      </Card>
    );
  }
  return (
    <section aria-label="Verdict" className="flex flex-col gap-3 py-1 md:flex-row md:items-end md:gap-6">
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold text-24 leading-8 tracking-[-0.025em] md:text-32 md:leading-10">
          <Headline text={verdict.headline} />
        </h2>
        <p className="mt-1 text-14 text-fg-2 leading-[21px] md:text-16 md:leading-6">{verdict.detail}</p>
        <PartOf comparison={comparison} />
      </div>
      {actions}
    </section>
  );
}

/** A pair of an experiment is one of many, and the experiment says what all of them together show. */
function PartOf({ comparison: { a, b } }: { comparison: Comparison }) {
  const id = a.config.place?.experimentId;
  if (id === undefined || b.config.place?.experimentId !== id) return null;
  return (
    <p className="mt-1.5 text-fg-2">
      Part of{' '}
      <PageLink className="mono underline decoration-line-strong underline-offset-2 hover:text-fg" href={`/experiments/${id}`}>
        {id}
      </PageLink>
      : its verdict counts all pairs.
    </p>
  );
}

/** The variant's name carries its colour, wherever the sentence puts it. */
function Headline({ text }: { text: string }) {
  const [before, after] = text.split('TC_BROADCAST');
  if (after === undefined) return text;
  return (
    <>
      {before}
      <span className="text-accent">TC_BROADCAST</span>
      {after}
    </>
  );
}
