import type { ReactNode } from 'react';
import { CardFoot } from '@/components/ui/card';

/** How to read the rows, and what else is to be said below them. */
export function ReadingFoot({ children }: { children?: ReactNode }) {
  return (
    <CardFoot className="flex flex-wrap justify-between gap-x-6 gap-y-1">
      <span>
        Latency is the client’s, over the measured window alone. A dip in latency is no proof of offload: the Offload column
        compares sends, frames and receipts.
      </span>
      {children}
    </CardFoot>
  );
}
