import type { HistoryRow } from '@/server/api/types';
import type { Picks } from './use-picks';

export type RunRowsProps = {
  rows: readonly HistoryRow[];
  picks: Picks;
  /** The run whose tags and note are being edited. */
  editing: string | null;
  onEdit: (id: string | null) => void;
};

/** One run. A row is drawn again only when one of these changes, so the functions have to stay the same. */
export type RunRowProps = {
  row: HistoryRow;
  picked: boolean;
  onPick: (id: string) => void;
  editing: boolean;
  onEdit: (id: string | null) => void;
};
