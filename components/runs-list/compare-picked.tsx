'use client';
import { ArrowLeftRight } from 'lucide-react';
import { Button, LinkButton } from '@/components/ui/button';
import { formatCount } from '@/components/ui/format';
import type { HistoryRow } from '@/server/api/types';
import { compareAddress } from './picks';
import type { Picks } from './use-picks';

/** Leads to the comparison of what is picked. */
export function ComparePicked({ picks, rows }: { picks: Picks; rows: readonly HistoryRow[] }) {
  const address = compareAddress(picks.ids, rows);
  if (address !== null) {
    return (
      <LinkButton href={address} icon={ArrowLeftRight} kind="primary" size="small">
        Compare {picks.ids.length === 2 ? 'two' : formatCount(picks.ids.length)}
      </LinkButton>
    );
  }
  return (
    <Button disabled icon={ArrowLeftRight} size="small" title="Pick two finished runs or more">
      {picks.ids.length === 1 ? 'Pick one more' : 'Pick two'}
    </Button>
  );
}
