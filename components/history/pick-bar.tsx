'use client';
import { Archive, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ComparePicked } from '@/components/runs-list/compare-picked';
import type { Picks } from '@/components/runs-list/use-picks';
import { Button, LinkButton } from '@/components/ui/button';
import { formatPlural } from '@/components/ui/format';
import type { HistoryRow } from '@/server/api/types';
import { RemoveRuns } from './remove-runs';

/** More ids than this make an address that servers refuse. */
const ARCHIVE_MOST = 1_500;

/** What can be done with the picked runs; it keeps to the lower edge while the list scrolls. */
export function PickBar({ picks, rows }: { picks: Picks; rows: readonly HistoryRow[] }) {
  const [removing, setRemoving] = useState(false);
  if (picks.ids.length === 0) return null;
  const tooMany = picks.ids.length > ARCHIVE_MOST;
  return (
    <section
      aria-label="Picked runs"
      className="sticky bottom-14 z-10 flex flex-wrap items-center gap-2 border-line border-t bg-surface-2 px-3 py-2 md:bottom-0 md:px-4"
    >
      <span aria-live="polite" className="mr-auto text-12">
        {formatPlural(picks.ids.length, 'run', 'runs')} picked
      </span>
      <Button kind="ghost" onClick={picks.clear} size="small">
        Clear
      </Button>
      <Button icon={Trash2} kind="danger" onClick={() => setRemoving(true)} size="small">
        Delete
      </Button>
      {tooMany ? (
        <span className="text-12 text-fg-3">One archive takes up to {ARCHIVE_MOST.toLocaleString('en-US')} runs</span>
      ) : (
        <LinkButton download href={`/api/runs/archive.tar.gz?ids=${picks.ids.join(',')}`} icon={Archive} size="small">
          Export
        </LinkButton>
      )}
      <span className="flex max-md:w-full max-md:[&>*]:flex-1">
        <ComparePicked picks={picks} rows={rows} />
      </span>
      <RemoveRuns onClose={() => setRemoving(false)} open={removing} picks={picks} rows={rows} />
    </section>
  );
}
