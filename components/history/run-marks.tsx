import { StickyNote, Tag } from 'lucide-react';
import { IconButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { PageLink } from '@/components/ui/page-link';
import type { HistoryRow } from '@/server/api/types';

/** Opens the editor below the row. */
export function EditMarks({ id, open, onEdit }: { id: string; open: boolean; onEdit: (id: string | null) => void }) {
  return (
    <IconButton
      aria-expanded={open}
      icon={Tag}
      label={`Edit tags and note of ${id}`}
      onClick={() => onEdit(open ? null : id)}
    />
  );
}

/** A run's tags; each leads to all runs that carry it. */
export function RunTags({ tags }: { tags: readonly string[] }) {
  return tags.map((tag) => (
    <PageLink
      className="inline-flex h-5 max-w-36 shrink-0 items-center rounded-1 border border-line-strong px-1.5 text-11 text-fg-2 hover:border-control hover:text-fg"
      href={`/runs?tag=${encodeURIComponent(tag)}`}
      key={tag}
      title={`Runs tagged ${tag}`}
    >
      <span className="truncate">{tag}</span>
    </PageLink>
  ));
}

/** What else is said of a run: its experiment, what is remarkable, and what somebody wrote. */
export function ExperimentLink({ row }: { row: Pick<HistoryRow, 'place'> }) {
  if (row.place === null) return null;
  const { experimentId, pair } = row.place;
  return (
    <PageLink
      className="shrink-0 font-mono text-12 text-fg-3 underline decoration-line-strong underline-offset-2 hover:text-fg"
      href={`/experiments/${experimentId}`}
      title={`Pair ${pair} of ${experimentId}`}
    >
      {experimentId}
    </PageLink>
  );
}

export function RunNote({ note }: { note: string }) {
  return (
    <span className="inline-flex min-w-4 shrink-[20] items-center gap-1" title={note}>
      <Icon className="text-fg-3" of={StickyNote} size={12} />
      <span className="sr-only">Note:</span>
      <span className="truncate">{note}</span>
    </span>
  );
}
